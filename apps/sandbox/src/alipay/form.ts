/** One delivery of a notification: a signed form, spoilt if a variant asks for it. */
import type { ActionKind } from '../faults/actions.ts'
import type { Notification } from '../records.ts'
import type { World } from '../world.ts'
import type { Delivery } from '../wxpay/post.ts'
import { fenOf, signFields, wallClock, yuanOf } from './wire.ts'
import type { Fields } from './wire.ts'

const alterations: Partial<Record<ActionKind, (fields: Fields) => Fields>> = {
  'other-appid': (fields) => ({ ...fields, app_id: '2021999999999999' }),
  'other-seller': (fields) => ({ ...fields, seller_id: '2088999999999999' }),
  'unknown-order': (fields) => ({ ...fields, out_trade_no: `unknown${fields.notify_id?.slice(-12)}` }),
  'amount-mismatch': (fields) => ({ ...fields, total_amount: withOneFenMore(fields.total_amount) }),
  'odd-title': (fields) => ({ ...fields, subject: '100% 内丘苹果+梨 %E4 "大" 5折%' }),
  'unknown-event': (fields) => ({ ...fields, notify_type: 'sandbox_unknown' }),
}

const withOneFenMore = (amount: string | undefined): string => yuanOf((fenOf(amount) ?? 0) + 1)

/** Builds the delivery of `notification`; `fault` null is a faithful one. */
export const buildForm = (world: World, notification: Notification, fault: ActionKind | null): Delivery => {
  const told: Fields = {}
  for (const [name, value] of Object.entries(notification.plaintext))
    if (typeof value === 'string') told[name] = value
  const plain: Fields = {
    ...told,
    notify_id: notification.id,
    notify_time: wallClock(world.clock.stamp()),
    charset: 'utf-8',
    version: '1.0',
  }
  const fields = (fault && alterations[fault]?.(plain)) ?? plain
  const type = fault === 'weak-signature' ? 'RSA' : 'RSA2'
  // Notifications that are not about a payment keep sign_type in what is signed.
  const covered = fault === 'unknown-event' ? { ...fields, sign_type: type } : fields
  const sign = signFields(covered, world.keys.alipay.privateKey, type)
  const sent: Fields = { ...fields, sign_type: type, ...(fault === 'unsigned' ? {} : { sign }) }
  if (fault === 'bad-signature') sent.sign = `${sign.startsWith('A') ? 'B' : 'A'}${sign.slice(1)}`
  if (fault === 'tampered-body') sent.total_amount = withOneFenMore(sent.total_amount)
  return {
    url: notification.url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8', 'User-Agent': 'Alipay' },
    body: new URLSearchParams(sent).toString(),
    chunked: fault === 'chunked',
  }
}
