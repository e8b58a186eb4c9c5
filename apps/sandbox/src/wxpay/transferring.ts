/** What becomes of a transfer: confirmed, taken back, failed, or nobody looked for a day; and what WeChat says of it. */
import { beijingTime } from '../ids.ts'
import { SimProblem } from '../problem.ts'
import type { Notification, Transfer } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import type { FieldObject } from './fields.ts'
import { announce } from './notifications.ts'

const CANCEL_MS = 1_000
const OPEN: readonly Transfer['state'][] = ['PROCESSING', 'WAIT_USER_CONFIRM', 'CANCELING']

const touch = (world: World, transfer: Transfer, state: Transfer['state']): void => {
  transfer.state = state
  transfer.updateTime = beijingTime(happeningAt(world))
  world.store.keepTransfer(transfer)
}

/** Ends a transfer that is still open and tells the merchant. Answers the notification, or null when there is none to send. */
export const settleTransfer = (
  world: World,
  transfer: Transfer,
  state: 'SUCCESS' | 'FAIL' | 'CANCELLED',
  failReason: string | null = null,
): Notification | null => {
  const appointment = world.appointments.get(transfer.billNo)
  if (appointment) appointment.cancelled = true
  world.appointments.delete(transfer.billNo)
  if (!OPEN.includes(transfer.state)) return null
  transfer.failReason = failReason
  touch(world, transfer, state)
  if (transfer.notifyUrl === null) return null
  return announce(world, {
    eventType: 'MCHTRANSFER.BILL.FINISHED',
    originalType: 'mch_payment',
    summary: '商家转账单据终态通知',
    outTradeNo: transfer.outBillNo,
    outRefundNo: null,
    shopper: transfer.shopper,
    url: transfer.notifyUrl,
    plaintext: {
      mch_id: world.keys.mchId,
      out_bill_no: transfer.outBillNo,
      transfer_bill_no: transfer.billNo,
      state,
      transfer_amount: transfer.amountFen,
      openid: transfer.openid,
      ...(failReason === null ? {} : { fail_reason: failReason }),
      create_time: transfer.createTime,
      update_time: transfer.updateTime,
    },
  })
}

const later = (world: World, transfer: Transfer, at: number, failReason: string): void => {
  const earlier = world.appointments.get(transfer.billNo)
  if (earlier) earlier.cancelled = true
  world.appointments.set(
    transfer.billNo,
    world.clock.at(at, async () => {
      settleTransfer(world, transfer, 'CANCELLED', failReason)
    }),
  )
}

/** Nobody confirms: after a day the money goes back to the merchant. */
export const scheduleExpiry = (world: World, transfer: Transfer): void => {
  if (transfer.state === 'WAIT_USER_CONFIRM' || transfer.state === 'PROCESSING')
    later(world, transfer, transfer.expiresAt, 'OVERDUE_CLOSE')
  if (transfer.state === 'CANCELING') later(world, transfer, world.clock.now() + CANCEL_MS, 'MERCHANT_CANCEL')
}

/** Puts open transfers back on the clock after a restart. */
export const resumeTransfers = (world: World): void => {
  for (const transfer of world.store.transfers.values()) scheduleExpiry(world, transfer)
}

/** The merchant wants it back. */
export const cancelTransfer = (world: World, transfer: Transfer): void => {
  if (transfer.state === 'CANCELLED' || transfer.state === 'CANCELING') return
  touch(world, transfer, 'CANCELING')
  scheduleExpiry(world, transfer)
}

/** What the receiver does on the telephone. */
export const confirmTransfer = (world: World, transfer: Transfer): Notification | null => {
  if (transfer.state !== 'WAIT_USER_CONFIRM')
    throw new SimProblem(409, 'sim.transfer_not_waiting', '这笔转账现在不能确认收款')
  return settleTransfer(world, transfer, 'SUCCESS')
}

/** The transfer behind what a page was given. */
export const transferOfPackage = (world: World, packageInfo: unknown): Transfer => {
  for (const transfer of world.store.transfers.values())
    if (transfer.packageInfo === packageInfo) return transfer
  throw new SimProblem(404, 'sim.transfer_unknown', '没有这笔转账')
}

/** As queries show it. */
export const transferView = (world: World, transfer: Transfer): FieldObject => ({
  mch_id: world.keys.mchId,
  out_bill_no: transfer.outBillNo,
  transfer_bill_no: transfer.billNo,
  appid: world.keys.appId,
  state: transfer.state,
  transfer_amount: transfer.amountFen,
  transfer_remark: transfer.remark,
  ...(transfer.failReason === null ? {} : { fail_reason: transfer.failReason }),
  openid: transfer.openid,
  create_time: transfer.createTime,
  update_time: transfer.updateTime,
})
