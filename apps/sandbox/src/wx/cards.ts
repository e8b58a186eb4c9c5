/** Service cards (新版一次性订阅, setUserNotify): of the kinds there are, 2002, goods that are collected. */
import type { World } from '../world.ts'

type Given = Record<string, unknown>
type Refused = { errcode: number; errmsg: string }

const PICKUP_CARD = 2002
const ACTIVATE_WITHIN_MS = 24 * 3_600_000
const UPDATE_WITHIN_MS = 30 * 86_400_000
const ok: Refused = { errcode: 0, errmsg: 'ok' }
const format: Refused = { errcode: 47001, errmsg: 'data format error' }
const expired: Refused = { errcode: 85438, errmsg: 'notify_code expired' }
// The document gives no number for these two; ours say what is wrong.
const unknown: Refused = { errcode: 85437, errmsg: 'invalid notify_code' }
const backwards: Refused = { errcode: 85439, errmsg: 'cur_status cannot be changed' }

const parsed = (text: unknown): Given | null => {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : null
  } catch {
    return null
  }
}

const isWellFormed = (content: Given): boolean => {
  const list = parsed(JSON.stringify(content.product_list))?.info_list
  return (
    Number.isInteger(content.cur_status) &&
    typeof content.wxa_path_query === 'string' &&
    Number.isInteger(content.product_count) &&
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((each) => {
      const { product_img: image, product_name: name, product_path_query: page } = each as Given
      return [image, name, page].every((value) => typeof value === 'string' && value !== '')
    })
  )
}

/** Begins a card, or moves it on. Only its own shopper, a payment of this mini-program, and never backwards. */
export const setUserNotify = (world: World, body: Given): Refused => {
  const content = parsed(body.content_json)
  if (body.notify_type !== PICKUP_CARD || !content || !isWellFormed(content)) return format
  const order = world.store.orderByTransactionId.get(String(body.notify_code))
  if (!order || order.openid !== body.openid || order.paidAt === null) return unknown
  const status = Number(content.cur_status)
  const now = world.clock.now()
  if (order.card) {
    if (now - order.card.at > UPDATE_WITHIN_MS) return expired
    if (status <= order.card.status) return backwards
  } else {
    const check = parsed(body.check_json)
    const paid = [order.totalFen, order.totalFen - order.couponFen].includes(Number(check?.pay_amount))
    const then = Math.floor(Date.parse(order.successTime ?? '') / 1_000) === check?.pay_time
    if (!paid || !then || now - order.paidAt > ACTIVATE_WITHIN_MS) return expired
  }
  const [first] = (parsed(JSON.stringify(content.product_list))?.info_list ?? []) as Given[]
  const text = `${String(first?.product_name)} 共 ${String(content.product_count)} 件`
  order.card = { status, text, at: order.card?.at ?? now }
  world.store.keepOrder(order)
  return ok
}
