import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import type { PlaceOrder } from '@linli/contract/orders'

export type PlaceBody = Static<typeof PlaceOrder>

/** What was asked for, without the key, in one spelling: absent and default are the same wish. SHA-256 in hex. */
export function hashBody({
  storeId,
  fulfilment,
  lines,
  couponIds,
  usePoints,
  useStoredValue,
  campaign,
  expectFen,
  remark,
  ifShort,
}: PlaceBody): string {
  const canonical = JSON.stringify([
    storeId,
    [fulfilment.kind, fulfilment.slotStart ?? null, fulfilment.addressId ?? null],
    lines.map(({ skuId, quantity }) => [skuId, quantity]),
    couponIds ?? [],
    usePoints ?? 0,
    useStoredValue ?? 0,
    expectFen ?? null,
    remark ?? '',
    ifShort ?? 'refund',
    // A pass that ran out is replaced by another: the order is the same.
    ...(campaign ? [{ ...campaign, pass: undefined }] : []),
  ])
  return createHash('sha256').update(canonical).digest('hex')
}
