import type { Delivery, NoticeRead } from './provider.ts'
import type { Wxpay } from './wxpay-api.ts'
import { reader } from './reader.ts'
import { billSeen } from './transfers.ts'
import { Envelope, RefundTold, Trade, TransferBill } from './wxpay-bodies.ts'
import { refundSeen, tradeSeen } from './wxpay-trade.ts'

const readEnvelope = reader(Envelope)
const readTrade = reader(Trade)
const readRefund = reader(RefundTold)
const readTransfer = reader(TransferBill)

/** Reads a notification of WeChat Pay: believed only when signed just now. */
export function readWxpayNotice(wxpay: Wxpay, { headers, raw = Buffer.alloc(0), log }: Delivery): NoticeRead {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const reason = wxpay.distrust(header, raw)
  if (reason) {
    log.warn({ reason, serial: header('wechatpay-serial') }, 'notification refused')
    return { kind: 'distrusted', reason }
  }
  const envelope = readEnvelope(parsed(raw))
  if (!envelope) return { kind: 'unreadable', subject: 'envelope', why: '报文不是约定的格式' }
  const { id, event_type: eventType } = envelope
  const told = (body: unknown, about: Told): NoticeRead => ({
    kind: 'notice',
    notice: { id, eventType, body, about },
  })
  const read = READERS.get(eventType)
  // New kinds of event must not fail: kept sealed, for whoever teaches us to read them.
  if (!read) return told(envelope, { kind: 'other', subject: id })
  const body = opened(wxpay, envelope)
  if (body === undefined) return { kind: 'unreadable', subject: id, why: '无法解密，请核对 APIv3 密钥' }
  const about = read(wxpay, body)
  return about ? told(body, about) : { kind: 'unreadable', subject: id, why: '内容缺少约定的字段' }
}

type Told = Extract<NoticeRead, { kind: 'notice' }>['notice']['about']

function readPayment(wxpay: Wxpay, body: unknown): Told | null {
  const trade = readTrade(body)
  if (!trade) return null
  const subject = trade.out_trade_no
  if (trade.trade_state !== 'SUCCESS') return { kind: 'other', subject }
  return { kind: 'payment', outTradeNo: subject, seen: (attempt) => tradeSeen(wxpay, attempt, trade) }
}

function readRefundNotice(wxpay: Wxpay, body: unknown): Told | null {
  const told = readRefund(body)
  if (!told) return null
  const outRefundNo = told.out_refund_no
  if (told.mchid !== wxpay.mchId) {
    const detail = `退款单 ${outRefundNo} 的通知属于别的商户号 ${told.mchid}，未处理`
    return { kind: 'refund', outRefundNo, seen: { kind: 'merchant_mismatch', detail } }
  }
  return { kind: 'refund', outRefundNo, seen: refundSeen({ ...told, status: told.refund_status }) }
}

function readTransferNotice(wxpay: Wxpay, body: unknown): Told | null {
  const bill = readTransfer(body)
  if (!bill) return null
  return {
    kind: 'transfer',
    outBillNo: bill.out_bill_no,
    seen: (order) => billSeen(wxpay.mchId, order, bill),
  }
}

const READERS: ReadonlyMap<string, (wxpay: Wxpay, body: unknown) => Told | null> = new Map([
  ['TRANSACTION.SUCCESS', readPayment],
  ['REFUND.SUCCESS', readRefundNotice],
  ['REFUND.ABNORMAL', readRefundNotice],
  ['REFUND.CLOSED', readRefundNotice],
  ['MCHTRANSFER.BILL.FINISHED', readTransferNotice],
])

/** JSON of the bytes; a byte order mark is allowed. Undefined when it is none. */
function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    return undefined
  }
}

function opened(wxpay: Wxpay, { resource }: Envelope): unknown {
  try {
    return JSON.parse(wxpay.unseal(resource))
  } catch {
    return undefined
  }
}
