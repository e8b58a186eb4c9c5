import type { Out } from '../../api.ts'

type WasteReason = NonNullable<Out<'GET /console/v1/stock-documents'>['items'][number]['wasteReason']>

/** Why goods were written off. */
export const wasteWords: Record<WasteReason, string> = {
  BROKEN: '破损',
  SPOILT: '变质',
  EXPIRED: '过期',
  LOST: '丢失',
  USED: '自用试吃',
  OTHER: '其他',
}
