/** What coupons are taken and points are spent for: an order of ours, or a sale at a till. One of the two is there. */
export type Purchase = { orderId: string; tillId: null } | { orderId: null; tillId: string }

export const ofOrder = (orderId: string): Purchase => ({ orderId, tillId: null })
export const ofTill = (tillId: string): Purchase => ({ orderId: null, tillId })
export const purchaseId = ({ orderId, tillId }: Purchase): string => orderId ?? tillId
