import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { closeAlarm, raise } from './alarms.ts'
import type { TransferOrder, TransferSeen } from './facts.ts'
import { isRefused, ProviderFault } from './provider-fault.ts'
import { FOR_A_PAGE, FOR_A_SWEEP, type Effort } from './trying.ts'
import type { TransferBill } from './wxpay-bodies.ts'
import type { MadeTransfer, WxpayTransfers } from './wxpay-transfers.ts'

/** An empty account, a wrong clock, key or permission: the same number is sent again once somebody mended it. */
const OURS_TO_MEND = new Set([
  'NOT_ENOUGH',
  'SIGN_ERROR',
  'NO_AUTH',
  'ACCOUNT_ERROR',
  'FREQUENCY_LIMITED',
  'RULE_LIMIT',
])

const STATES: ReadonlyMap<string, 'confirm' | 'cancelling' | 'paid' | 'ended'> = new Map([
  ['WAIT_USER_CONFIRM', 'confirm'],
  ['CANCELING', 'cancelling'],
  ['SUCCESS', 'paid'],
  ['FAIL', 'ended'],
  ['CANCELLED', 'ended'],
])
/** States that we were never told about, and those between: nothing is decided yet. */
const stateOf = (state: string): 'confirm' | 'cancelling' | 'paid' | 'ended' | 'moving' =>
  STATES.get(state) ?? 'moving'

const madeSeen = ({ state, billNo, packageInfo }: MadeTransfer): TransferSeen => ({
  state: stateOf(state),
  billNo,
  packageInfo,
  why: null,
})

function wrongWith(
  mchId: string,
  { amountFen, openid }: Pick<TransferOrder, 'amountFen' | 'openid'>,
  bill: TransferBill,
): string | null {
  if ((bill.mchid ?? bill.mch_id ?? mchId) !== mchId) return '属于别的商户号'
  // Who the receiver is belongs to nobody's screen: only that it is another.
  if ((bill.openid ?? openid) !== openid) return '收款人不是申请人'
  return bill.transfer_amount === amountFen
    ? null
    : `金额微信为 ${bill.transfer_amount} 分，本地为 ${amountFen} 分`
}

/** A bill as this room reads it, or what of it is not what we asked for. */
export function billSeen(
  mchId: string,
  order: Pick<TransferOrder, 'amountFen' | 'openid'>,
  bill: TransferBill,
): TransferSeen {
  const wrong = wrongWith(mchId, order, bill)
  const billNo = bill.transfer_bill_no ?? null
  if (wrong !== null) return { state: 'mismatch', billNo, packageInfo: null, why: wrong }
  return { state: stateOf(bill.state), billNo, packageInfo: null, why: bill.fail_reason ?? null }
}

/** Who is told that a transfer ended; answers whether it is theirs and what that changed. */
export type TransferTold = (
  outBillNo: string,
  seen: (order: Pick<TransferOrder, 'amountFen' | 'openid'>) => TransferSeen,
) => Promise<'unknown' | 'settled' | 'noted' | 'quarantined'>

export interface Transfers {
  /** Sends it, or sends it again: the same number, the same words. */
  send(order: TransferOrder, forPage?: boolean): Promise<TransferSeen>
  /** Asks what became of it. `missing`: WeChat knows no such transfer. */
  look(order: TransferOrder, forPage?: boolean): Promise<TransferSeen>
  /** Asks WeChat to take it back; what became of that the next look says. False: it did not take the request. */
  cancel(order: TransferOrder): Promise<boolean>
  confirming: WxpayTransfers['confirming']
  /** Puts a transfer that does not go on before a person, once; or takes that back. */
  worry(outBillNo: string, detail: string | null): Promise<void>
  connect(told: TransferTold): void
}

const nothing = { billNo: null, packageInfo: null }
const effortOf = (forPage: boolean): Effort => (forPage ? FOR_A_PAGE : FOR_A_SWEEP)

/** An answer that is none leaves us not knowing; a refusal says only that this request changed nothing. */
async function orUnclear(ask: () => Promise<TransferSeen>): Promise<TransferSeen> {
  try {
    return await ask()
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    const isOurs = fault.status === 401 || OURS_TO_MEND.has(fault.code)
    const state = !isRefused(fault) ? 'unclear' : isOurs ? 'mend' : 'refused'
    return { ...nothing, state, why: fault.code }
  }
}

/** Transfers to people, as rooms that owe them money use them. Everything here calls WeChat: never inside a transaction. */
export function createTransfers(
  ctx: Pick<Ctx, 'db' | 'clock' | 'log' | 'config'>,
  wxpay: WxpayTransfers,
): Transfers & { told: TransferTold } {
  let connected: TransferTold | undefined
  const alarmOf = (outBillNo: string) => ({ kind: 'transfer_stuck', subject: outBillNo }) as const
  return {
    send: (order, forPage = false) =>
      orUnclear(async () => madeSeen(await wxpay.make(order, effortOf(forPage)))),
    look: (order, forPage = false) =>
      orUnclear(async () => {
        const bill = await wxpay.bill(order.outBillNo, effortOf(forPage))
        if (!bill) return { ...nothing, state: 'missing', why: null }
        return billSeen(ctx.config.wechat.mchId, order, bill)
      }),
    async cancel({ outBillNo }) {
      try {
        await wxpay.cancel(outBillNo, FOR_A_PAGE)
        return true
      } catch (fault) {
        if (!(fault instanceof ProviderFault)) throw fault
        ctx.log.warn({ err: fault, outBillNo }, 'transfer not taken back')
        return false
      }
    },
    confirming: wxpay.confirming,
    worry: (outBillNo, detail) =>
      inTx(ctx.db, (tx) =>
        detail === null
          ? closeAlarm(ctx, tx, alarmOf(outBillNo), '转账已有结果')
          : raise(ctx, tx, { ...alarmOf(outBillNo), orderId: null, detail }),
      ),
    connect(told) {
      connected = told
    },
    told: (outBillNo, seen) => connected?.(outBillNo, seen) ?? Promise.resolve('unknown'),
  }
}
