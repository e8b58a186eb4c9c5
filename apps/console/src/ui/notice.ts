import { App } from 'antd'

export interface Notice {
  success: (text: string) => void
  warn: (text: string) => void
}

/** Short words at the top after something was done. Failures that need an action are shown in place instead. */
export const useNotice = (): Notice => {
  const { message } = App.useApp()
  return {
    success: (text) => void message.success(text),
    warn: (text) => void message.warning(text),
  }
}
