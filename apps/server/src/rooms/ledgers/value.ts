// What happens to stored value, decided on a working copy (docs/adr/0019). Each decision leaves one posting; the table adds them up again, and refuses
// sums that cannot be.

/** Money that a member paid ahead. */
export interface ValueAccount {
  memberId: string
  availableFen: number
  /** Set aside for orders that are not paid yet. */
  heldFen: number
}
/** What the order desk does with it. Topping up and paying out are staff's, and never on the desk. */
export type OrderValueReason = 'hold' | 'capture' | 'release' | 'give_back'
export interface ValuePosting {
  memberId: string
  orderId: string
  /** Of what a refund gives back. */
  refundId: string | null
  reason: OrderValueReason
  availableFen: number
  heldFen: number
  by: string
  at: Date
}
type ValueStamp = Pick<ValuePosting, 'by' | 'at'>

function move(
  account: ValueAccount,
  of: Pick<ValuePosting, 'orderId' | 'reason'> & { refundId?: string },
  [availableFen, heldFen]: readonly [number, number],
  { by, at }: ValueStamp,
): ValuePosting {
  account.availableFen += availableFen
  account.heldFen += heldFen
  if (account.availableFen < 0 || account.heldFen < 0)
    throw new Error(`${of.reason} of order ${of.orderId} moves stored value that is not there`)
  return { memberId: account.memberId, refundId: null, ...of, availableFen, heldFen, by, at }
}

/** Sets fen aside for an order that is being placed. Ask whether they are there first. */
export const holdValue = (account: ValueAccount, orderId: string, fen: number, stamp: ValueStamp) =>
  move(account, { orderId, reason: 'hold' }, [-fen, fen], stamp)

/** The order is paid: what was set aside for it is spent. */
export const captureValue = (account: ValueAccount, orderId: string, fen: number, stamp: ValueStamp) =>
  move(account, { orderId, reason: 'capture' }, [0, -fen], stamp)

/** The order is closed unpaid: what was set aside for it may be spent again. */
export const releaseValue = (account: ValueAccount, orderId: string, fen: number, stamp: ValueStamp) =>
  move(account, { orderId, reason: 'release' }, [fen, -fen], stamp)

/** A refund returns what was spent; it may lift the account above what it could be topped up to. */
export const giveBackValue = (
  account: ValueAccount,
  { orderId, refundId }: { orderId: string; refundId: string },
  fen: number,
  stamp: ValueStamp,
) => move(account, { orderId, refundId, reason: 'give_back' }, [fen, 0], stamp)
