import { createCell } from '../models/cell'

export interface Toast {
  text: string
  /** A way back, such as 撤销. */
  undo?: { label: string; run: () => void }
}

export const toast = createCell<Toast | null>(null)
const SHOWN_MS = 2000
const SHOWN_WITH_UNDO_MS = 4000
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something for two seconds at the bottom of the page, longer when it offers a way back. */
export function say(text: string, undo?: Toast['undo']): void {
  clearTimeout(timer)
  toast.set(undo ? { text, undo } : { text })
  timer = setTimeout(() => toast.set(null), undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS)
}
