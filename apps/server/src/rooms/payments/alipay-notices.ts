import { TradeNotice } from './alipay-bodies.ts'
import type { Alipay, Fields } from './alipay-client.ts'
import { compareParty, paymentTold, tellsOfPayment, tellsOfRefund } from './alipay-trade.ts'
import type { Delivery, Notice, NoticeRead } from './provider.ts'
import { reader } from './reader.ts'

const readNotice = reader(TradeNotice)
/** Who paid is nobody's business here; the signature has done its work. */
const NOT_KEPT = new Set(['sign', 'buyer_id', 'buyer_logon_id', 'buyer_open_id'])

/** Reads a notification of Alipay: a form, believed only when signed with RSA2 by Alipay's key. */
export function readAlipayNotice(alipay: Alipay, { raw = Buffer.alloc(0), log }: Delivery): NoticeRead {
  const form = alipay.readForm(raw)
  if (typeof form === 'string') {
    log.warn({ reason: form }, 'notification refused')
    return { kind: 'distrusted', reason: form }
  }
  const fields: Fields = form
  const id = fields['notify_id'] ?? ''
  if (id === '') return { kind: 'unreadable', subject: 'alipay', why: '没有通知编号 notify_id' }
  const eventType = fields['trade_status'] ?? fields['notify_type'] ?? 'unknown'
  const body = Object.fromEntries(Object.entries(fields).filter(([name]) => !NOT_KEPT.has(name)))
  const told = (about: Notice['about']): NoticeRead => ({
    kind: 'notice',
    notice: { id, eventType, body, about },
  })
  // Other kinds must not fail: kept for whoever teaches us to read them.
  if (fields['notify_type'] !== 'trade_status_sync') return told({ kind: 'other', subject: id })
  const notice = readNotice(fields)
  return notice
    ? told(aboutOf(alipay, notice))
    : { kind: 'unreadable', subject: id, why: '内容缺少约定的字段' }
}

function aboutOf(us: Alipay, notice: TradeNotice): Notice['about'] {
  const outTradeNo = notice.out_trade_no
  // How much it says is the sum of all refunds so far: which of them, and how much, is asked.
  if (tellsOfRefund(notice))
    return { kind: 'refund', outRefundNo: notice.out_biz_no ?? outTradeNo, seen: compareParty(notice, us) }
  if (tellsOfPayment(notice))
    return { kind: 'payment', outTradeNo, seen: (attempt) => paymentTold(attempt, notice, us) }
  return { kind: 'other', subject: outTradeNo }
}
