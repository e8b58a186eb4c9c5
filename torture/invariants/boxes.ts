import type { Packed } from '../desks.ts'
import type { Query } from '../query.ts'
import { type Evidence, examples, type Invariant, noRows } from './evidence.ts'

interface Event {
  box: string
  week: string | null
  verb: string
  words: string
  by: string
}
interface Row {
  id: string
  state: string
  pausedBy: string | null
  lapses: number
  storeId: string
  quantity: number
  weeks: Record<string, string>
}
const EVENTS = `select box_id as box, to_char(week, 'YYYY-MM-DD') as week, verb, words, by from box_event order by id`
const ROWS = `select b.id, b.state, b.paused_by as "pausedBy", b.lapses, b.store_id as "storeId", b.quantity, coalesce((
    select json_object_agg(to_char(w.week, 'YYYY-MM-DD'), w.state) from box_week w where w.box_id = b.id), '{}') as weeks from box b`

/** How a week moves: from these, to that; undefined is yet to be decided. */
const WEEK_MOVES: Readonly<
  Record<string, readonly [from: readonly (string | undefined)[], to: string | undefined]>
> = {
  skip: [[undefined], 'SKIPPED'],
  unskip: [['SKIPPED'], undefined],
  due: [[undefined], 'DUE'],
  order: [['DUE', 'SHORT'], 'ORDERED'],
  short: [['DUE'], 'SHORT'],
  pay: [['ORDERED'], 'PAID'],
  lapse: [['ORDERED'], 'LAPSED'],
  // Its order was cancelled in time.
  cancelled: [['ORDERED'], 'CANCELLED'],
}
const LAPSES_AT_MOST = 2

interface Story {
  state: string | undefined
  pausedBy: string | null
  lapses: number
  storeId: string | undefined
  quantity: number | undefined
  weeks: Map<string, string>
}
interface Wrong {
  ofWeeks: unknown[]
  ofBoxes: unknown[]
}

/** Lives through what happened to every box, and finds what cannot have. */
async function relive(query: Query): Promise<Wrong> {
  const wrong: Wrong = { ofWeeks: [], ofBoxes: [] }
  const stories = new Map<string, Story>()
  for (const event of await query<Event>(EVENTS)) {
    const known = stories.get(event.box)
    const story = known ?? {
      state: undefined,
      pausedBy: null,
      lapses: 0,
      storeId: undefined,
      quantity: undefined,
      weeks: new Map(),
    }
    stories.set(event.box, story)
    if (!moveWeek(story, event)) wrong.ofWeeks.push({ ...event, state: story.state })
    if (!moveBox(story, event)) wrong.ofBoxes.push({ ...event, state: story.state, lapses: story.lapses })
  }
  for (const row of await query<Row>(ROWS)) {
    const story = stories.get(row.id)
    const weeks = Object.fromEntries(
      [...(story?.weeks ?? [])].map(([week, state]) => [week, state === 'CANCELLED' ? 'SKIPPED' : state]),
    )
    if (!isSame(weeks, row.weeks)) wrong.ofWeeks.push({ ...row, told: weeks })
    if (!story || !isAs(story, row)) wrong.ofBoxes.push({ ...row, told: story ?? null })
  }
  return wrong
}

const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([week, state]) => b[week] === state)
const isAs = (story: Story, row: Row): boolean =>
  story.state === row.state &&
  story.pausedBy === row.pausedBy &&
  story.lapses === row.lapses &&
  (story.storeId ?? row.storeId) === row.storeId &&
  (story.quantity ?? row.quantity) === row.quantity

/** False: this cannot happen to the week. */
function moveWeek({ state, weeks }: Story, { week, verb, by }: Event): boolean {
  const move = WEEK_MOVES[verb === 'skip' && by === 'system' ? 'cancelled' : verb]
  if (week === null || !move) return true
  const [from, to] = move
  const isAllowed = from.includes(weeks.get(week)) && (verb !== 'due' || state === 'RUNNING')
  if (to === undefined) weeks.delete(week)
  else weeks.set(week, to)
  return isAllowed && state !== undefined && (state !== 'ENDED' || by === 'system')
}

/** False: this cannot happen to the box. */
function moveBox(story: Story, { verb, words, by }: Event): boolean {
  const before = story.state
  const isOut = before === 'RUNNING' && story.lapses >= LAPSES_AT_MOST
  if (verb === 'lapsed_out') {
    Object.assign(story, { state: 'PAUSED', pausedBy: 'lapsed' })
    return isOut
  }
  // The second one in a row pauses it, before anything else is done to it.
  if (isOut && !['order', 'short'].includes(verb)) return false
  if (verb === 'start') Object.assign(story, { state: 'RUNNING' })
  if (verb === 'start') return before === undefined
  if (verb === 'pause') Object.assign(story, { state: 'PAUSED', pausedBy: 'member' })
  if (verb === 'pause') return before === 'RUNNING'
  if (verb === 'resume') Object.assign(story, { state: 'RUNNING', pausedBy: null, lapses: 0 })
  if (verb === 'resume') return before === 'PAUSED'
  if (verb === 'end') Object.assign(story, { state: 'ENDED', pausedBy: null })
  if (verb === 'store') story.storeId = words
  if (verb === 'quantity') story.quantity = Number(words)
  if (before === 'RUNNING' && verb === 'pay') story.lapses = 0
  if (before === 'RUNNING' && verb === 'lapse') story.lapses += 1
  return before !== undefined && (before !== 'ENDED' || (by === 'system' && verb !== 'end'))
}

const weeks: Invariant = {
  name: 'a week of a box is decided once: none is ordered that was skipped, or while its box is paused or over',
  broken: async ({ query }) => examples(weeks.name, (await relive(query)).ofWeeks),
}
const boxes: Invariant = {
  name: 'a box is what was done to it, and two weeks in a row that nobody paid pause it, and nothing less',
  broken: async ({ query }) => examples(boxes.name, (await relive(query)).ofBoxes),
}

/** Pieces of orders that stand, by the key that each was placed under. */
const STANDING = `select o.campaign_id as "campaignId", split_part(o.idem_key, ':', 3) as week, o.store_id as "storeId", o.id as "orderId",
    (l.quantity - l.withdrawn_quantity)::int as quantity
  from orders o join campaign c on c.id = o.campaign_id and c.kind = 'box' join order_line l on l.order_id = o.id
  where o.state not in ('CANCELLED', 'CLOSED_REFUND')`
const packing: Invariant = {
  name: 'what a store packs for a week are the pieces of its orders that stand, each once',
  async broken({ query, packed }: Evidence) {
    const text = (each: Packed) =>
      [each.campaignId, each.week, each.storeId, each.orderId, each.quantity].join(' ')
    const left = packed.map(text)
    const missing = (await query<Packed>(STANDING)).map(text).filter((each) => {
      const at = left.indexOf(each)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
    return examples(this.name, [
      ...missing.map((stands) => ({ stands })),
      ...left.map((listed) => ({ listed })),
    ])
  },
}

/** Nine in the morning, so many days before; and the hour of the day before. */
const HOURS = `cross join lateral (select (t.week - (c.terms ->> 'ordersDaysBefore')::int + time '09:00') at time zone 'Asia/Shanghai' as orders_at,
    (t.week - 1 + make_time((c.terms ->> 'payUntilHour')::int, 0, 0)) at time zone 'Asia/Shanghai' as pay_until) h`

export const BOXES: readonly Invariant[] = [
  weeks,
  boxes,
  packing,
  noRows(
    'a week of a box has one order at most: its member’s, of its pieces, in its store, at the price of the campaign',
    `select o.no, o.idem_key, w.box_id, w.week::text, l.quantity, l.pay_fen from orders o join campaign c on c.id = o.campaign_id and c.kind = 'box'
       left join box_week w on w.order_id = o.id left join box b on b.id = w.box_id left join order_line l on l.order_id = o.id
       left join campaign_item i on i.campaign_id = o.campaign_id and i.sku_id = l.sku_id
     where (o.campaign_id, o.member_id, o.store_id, o.idem_key, l.quantity, l.pay_fen) is distinct from
       (b.campaign_id, b.member_id, w.store_id, 'box:' || b.id || ':' || w.week, w.quantity::int, i.price_fen * w.quantity)
     union all select o.no, o.idem_key, w.box_id, w.week::text, null, null from box_week w left join orders o on o.id = w.order_id left join box b on b.id = w.box_id
     where w.order_id is not null and o.campaign_id is distinct from b.campaign_id`,
  ),
  noRows(
    'no box is ordered before its hour, nor for a week that was ordered when it was subscribed; and none is paid ahead',
    `select t.box_id, t.week::text, t.at, h.orders_at from box_event t join box b on b.id = t.box_id join campaign c on c.id = b.campaign_id ${HOURS}
     where t.verb = 'due' and (t.at < h.orders_at or extract(isodow from t.week) <> (c.terms ->> 'weekday')::int
       or exists (select from box_event s where s.box_id = t.box_id and s.id < t.id and s.verb in ('start', 'resume') and s.at >= h.orders_at))
     union all select t.box_id, t.week::text, o.placed_at, h.orders_at from box_week t join box b on b.id = t.box_id join campaign c on c.id = b.campaign_id
       left join orders o on o.id = t.order_id ${HOURS}
     where t.pay_until <> h.pay_until or o.placed_at < h.orders_at or o.paid_at < h.orders_at`,
  ),
  noRows(
    'what became of a week is what became of its order',
    `select w.box_id, w.week::text, w.state, o.state as "order" from box_week w left join orders o on o.id = w.order_id
     where w.state is distinct from case when o.id is null then case when w.state in ('SKIPPED', 'SHORT') then w.state end when o.state = 'PENDING_PAY' then 'ORDERED'
       when o.state <> 'CANCELLED' then 'PAID' when o.cancelled_at < w.pay_until then 'SKIPPED' else 'LAPSED' end`,
  ),
  noRows(
    'the places of a store are those of its running boxes, and no more than it packs',
    `select campaign_id, store_id, p.taken, p.per_week, r.boxes from box_place p full join (
       select campaign_id, store_id, sum(quantity)::int as boxes from box where state = 'RUNNING' group by 1, 2) r using (campaign_id, store_id)
     where coalesce(p.taken, 0) <> coalesce(r.boxes, 0) or p.taken > p.per_week`,
  ),
  noRows(
    'a box is over with its campaign',
    `select b.id, b.state from box b join campaign c on c.id = b.campaign_id where c.state = 'ENDED' and b.state <> 'ENDED'`,
  ),
]
