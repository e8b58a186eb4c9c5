import Taro from '@tarojs/taro'
import type { PaymentParams } from '../models/wire'

export type PaySheetResult = 'ok' | 'cancelled' | 'failed'

/** A one-time code of `wx.login`; needs nothing from the shopper. */
export async function wechatCode(): Promise<string | null> {
  const { code } = await Taro.login()
  return code
}

/** Opens WeChat's own cashier. Its answer is a hint: only the server knows whether money moved. */
export async function openCashier(params: PaymentParams): Promise<PaySheetResult> {
  try {
    await Taro.requestPayment({ ...params, signType: 'RSA' })
    return 'ok'
  } catch (error) {
    const message =
      typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : ''
    return message.includes('cancel') ? 'cancelled' : 'failed'
  }
}
