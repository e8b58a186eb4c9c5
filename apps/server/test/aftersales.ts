import type { AllRoutes, Input, Output } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { APPLE, SOY } from './fixtures.ts'
import { pay, rows, settleAtCashier } from './payments/purchase.ts'
import { type Books, order } from './shopping.ts'
import { until } from './until.ts'
import type { LinliApi, Shopper, World } from './world.ts'

export type Request = Output<AllRoutes['GET /v1/aftersales/:aftersaleId']>
type Body = Input<AllRoutes['POST /v1/orders/:orderId/aftersales']>['body']
export type Asked = Pick<Body, 'kind' | 'reason' | 'lines'>
export interface Bought {
  shopper: Shopper
  orderId: string
  totalFen: number
  outTradeNo: string
}

/** Line 1 is fresh, line 2 keeps for years. */
export const FRESH = 1
export const KEEPS = 2

/** Apples and soy sauce, paid in S01. */
export async function buy(world: World, shopper: Shopper, apples = 2, sauces = 2): Promise<Bought> {
  const { id, totalFen } = await order(shopper, {
    lines: [
      { skuId: APPLE, quantity: apples },
      { skuId: SOY, quantity: sauces },
    ],
  })
  const params = { orderId: id }
  const { prepayId, outTradeNo } = await pay({ shopper, orderId: id, totalFen })
  await settleAtCashier(world, prepayId)
  await until(
    async () => (await shopper.api('GET /v1/orders/:orderId', { params })).state === 'PAID',
    'order paid',
  )
  return { shopper, orderId: id, totalFen, outTradeNo }
}

export async function collect(clerk: LinliApi, { shopper, orderId }: Bought): Promise<void> {
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}

export async function collected(world: World, shopper: Shopper, clerk: LinliApi): Promise<Bought> {
  const bought = await buy(world, shopper)
  await collect(clerk, bought)
  return bought
}

export const pieces = (lineNo: number, quantity = 1): Body['lines'] => [{ lineNo, quantity }]

export const options = ({ shopper, orderId }: Bought) =>
  shopper.api('GET /v1/orders/:orderId/aftersale-options', { params: { orderId } })
export const quote = ({ shopper, orderId }: Bought, { kind, reason, lines }: Asked) =>
  shopper.api('POST /v1/orders/:orderId/aftersale-quotes', {
    params: { orderId },
    body: { kind, reason, lines },
  })
/** Applies for what was quoted just before, as the screen does. */
export async function apply(bought: Bought, asked: Asked, over: Partial<Body> = {}): Promise<Request> {
  const expectFen = over.expectFen ?? (await quote(bought, asked)).amountFen
  return bought.shopper.api('POST /v1/orders/:orderId/aftersales', {
    params: { orderId: bought.orderId },
    body: { idempotencyKey: randomUUID(), ...asked, ...over, expectFen },
  })
}

const picture = await sharp({
  create: { width: 320, height: 240, channels: 3, background: { r: 120, g: 60, b: 30 } },
})
  .withExif({ IFD0: { Model: 'a camera that knows where it was' } })
  .jpeg()
  .toBuffer()
export const upload = ({ api }: Pick<Shopper, 'api'>, bytes = picture) =>
  api('POST /v1/aftersale-photos', { bytes, contentType: 'image/jpeg' })

export const showMine = (shopper: Shopper, aftersaleId: string): Promise<Request> =>
  shopper.api('GET /v1/aftersales/:aftersaleId', { params: { aftersaleId } })

/** Lets refunds fall due and be worked until the request is in this state. */
export const arrives = (world: World, shopper: Shopper, aftersaleId: string, state: Request['state']) =>
  until(async () => {
    world.clock.advance(61) // WeChat wants a minute between refunds of one payment
    await world.sweep('payments.refunds')
    await world.sweep('aftersales.refunds')
    return (await showMine(shopper, aftersaleId)).state === state
  }, state)

/** What must hold of every request at every moment, besides the books of trade. Returns what is wrong, in words. */
export async function wrongInAftersales(world: Books): Promise<string[]> {
  const rules: readonly [what: string, text: string][] = [
    [
      'a line waits exactly while its request is under way',
      `select a.id, a.state from aftersale a join aftersale_line l on l.aftersale_id = a.id
       where l.open <> (a.state in ('APPLIED', 'WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT', 'REFUNDING', 'REFUND_FAILED', 'APPEALED'))`,
    ],
    [
      'the last event says the state, and the first one is an application',
      `select a.id from aftersale a
       where a.state <> (select to_state from aftersale_event e where e.aftersale_id = a.id order by id desc limit 1)
         or (select verb from aftersale_event e where e.aftersale_id = a.id order by id limit 1) not in ('apply', 'apply_agreed')`,
    ],
    [
      'money goes back for what was agreed to, and for nothing else',
      `select a.id, a.state from aftersale a where a.state not in ('REFUNDING', 'REFUND_FAILED', 'DONE')
         and exists (select from refund r where r.order_id = a.order_id and starts_with(r.idem_key, 'aftersale:' || a.id || ':')
           and r.state not in ('CLOSED', 'FAILED'))`,
    ],
    [
      'what is done has its money or its replacement, or a person who said how',
      `select a.id from aftersale a where a.state = 'DONE' and a.kind <> 'exchange'
         and not exists (select from refund r where r.order_id = a.order_id and r.idem_key = 'aftersale:' || a.id || ':' || a.round
           and r.state = 'SUCCESS')
         and not exists (select from aftersale_event e where e.aftersale_id = a.id and e.verb = 'settle')
         and exists (select from orders o where o.id = a.order_id and o.paid_fen > 0)`,
    ],
    [
      'what goes back for a request are its pieces, once, over all its tenders and rounds; all of them when it is done',
      `select a.id, l.line_no, l.quantity, b.refunds, b.pieces from aftersale a join aftersale_line l on l.aftersale_id = a.id
       cross join lateral (select count(r.id) as refunds, coalesce(sum(g.quantity), 0) as pieces from refund r
         left join refund_line g on g.refund_id = r.id and g.line_no = l.line_no
         where r.order_id = a.order_id and starts_with(r.idem_key, 'aftersale:' || a.id || ':') and r.state not in ('CLOSED', 'FAILED')) b
       where b.pieces > l.quantity or (a.state = 'DONE' and b.refunds > 0 and b.pieces < l.quantity
         and not exists (select from aftersale_event e where e.aftersale_id = a.id and e.verb = 'settle'))
       union all select a.id, g.line_no, 0, 1, g.quantity from aftersale a join refund r on r.order_id = a.order_id
         and starts_with(r.idem_key, 'aftersale:' || a.id || ':') join refund_line g on g.refund_id = r.id
       where not exists (select from aftersale_line l where l.aftersale_id = a.id and l.line_no = g.line_no)`,
    ],
    [
      'goods that were accepted lie somewhere, and what lies on a shelf is in its ledger',
      `select a.id from aftersale a join aftersale_line l on l.aftersale_id = a.id join order_line o on o.order_id = l.order_id and o.line_no = l.line_no
       where (l.goods_to is not null) <> exists (select from aftersale_event e where e.aftersale_id = a.id and e.verb = 'accept_goods')
         or (l.goods_to is not distinct from 'shelf') <> exists (select from stock_ledger e where e.store_id = a.return_store_id and e.sku_id = o.sku_id
           and e.reason = 'RETURN' and e.on_hand_delta = l.quantity and e.order_id = a.order_id
           and e.idem_key = 'aftersale:' || a.id || ':' || l.line_no)`,
    ],
    [
      'a store owes for goods of another one that it shelved, and for a replacement that another one gave away, once, and nothing else',
      `with meant as (
         select l.aftersale_id, l.line_no, 'returned' as reason, a.return_store_id as debtor, a.store_id as creditor, l.quantity, l.amount_fen
         from aftersale a join aftersale_line l on l.aftersale_id = a.id where l.goods_to = 'shelf' and a.return_store_id <> a.store_id
         union all select l.aftersale_id, l.line_no, 'replaced', a.store_id, e.store_id, l.quantity, l.amount_fen
         from aftersale a join aftersale_line l on l.aftersale_id = a.id
         join stock_ledger e on e.idem_key = 'aftersale:' || a.id || ':' || l.line_no || ':give:SHIP' where e.store_id <> a.store_id)
       select * from meant m full join store_due d on (d.aftersale_id, d.line_no, d.reason) = (m.aftersale_id, m.line_no, m.reason)
       where (d.debtor_store_id, d.creditor_store_id, d.quantity, d.amount_fen) is distinct from (m.debtor, m.creditor, m.quantity, m.amount_fen)`,
    ],
    [
      'an exchange gives goods or money, never both: its pieces leave once, when it is done, and what is put aside is in the ledger',
      `select a.id, a.kind, a.state from aftersale a join aftersale_line l on l.aftersale_id = a.id
       cross join lateral (select coalesce(sum(e.reserved_delta), 0) as held, coalesce(-sum(e.on_hand_delta) filter (where e.reason = 'SHIP'), 0) as given
         from stock_ledger e where starts_with(e.idem_key, 'aftersale:' || a.id || ':' || l.line_no || ':')) g
       where g.held <> case when a.hold_store_id is null then 0 else l.quantity end
         or g.given <> case when a.kind = 'exchange' and a.state = 'DONE' then l.quantity else 0 end
         or (a.kind = 'exchange' and exists (select from refund r where r.order_id = a.order_id and starts_with(r.idem_key, 'aftersale:' || a.id || ':')))`,
    ],
    [
      'nobody gets money for goods left behind who has them',
      `select a.id from aftersale a join orders o on o.id = a.order_id join refund r on r.order_id = a.order_id
         and r.idem_key = 'aftersale:' || a.id || ':' || a.round join aftersale_line l on l.aftersale_id = a.id
         join order_line i on i.order_id = l.order_id and i.line_no = l.line_no
       where a.kind = 'uncollected' and (o.completed_at < r.created_at or i.withdrawn_quantity < l.quantity)`,
    ],
    [
      'every deed of staff is in the trail',
      `select a.id from aftersale a where
         (select count(*) from aftersale_event e where e.aftersale_id = a.id and e.by like 'staff:%')
         <> (select count(*) from audit_event t where t.subject = 'aftersale:' || a.id and t.action <> 'aftersales.owned')`,
    ],
  ]
  const wrong: string[] = []
  for (const [what, text] of rules) {
    const found = await rows(world, text)
    if (found.length > 0) wrong.push(`${what}: ${found.length} times not, e.g. ${JSON.stringify(found[0])}`)
  }
  return wrong
}
