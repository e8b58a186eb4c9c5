import type { FieldNote } from './kinds.ts'

// What the words of several kinds speak of.
export const orderNo: FieldNote = { name: 'orderNo', meaning: '订单号', example: '2026112442646215' }
export const store: FieldNote = { name: 'store', meaning: '门店', example: '襄都旗舰店' }
