import type { Dice } from '../dice.ts'
import { COUNTED, type Erp, type ErpEvent, type ErpList, SOURCE, STORE_CODE } from '../erp.ts'
import { answerOf, valueOf } from '../people.ts'
import type { Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

const params = { sourceCode: SOURCE }
const EVENTS = 'POST /partner/v1/feeds/:sourceCode/events'

/** Something new in the ERP's book, with the next number. */
function happen(town: Town, erp: Erp, dice: Dice): ErpEvent {
  const event: ErpEvent = {
    seq: erp.events.length + 1,
    at: town.chain.now().toISOString(),
    goods: dice.pick(COUNTED) ?? '',
    ...(dice.chance(0.3) ? { count: dice.between(0, 40) } : { change: dice.between(-4, 8) }),
  }
  erp.events.push(event)
  return event
}

/** Tells some of its events, in any order, again and again. */
export async function tellEvents(town: Town, dice: Dice, events: readonly ErpEvent[]): Promise<void> {
  const { erp } = town
  if (!erp || events.length === 0) return
  const body = { stock: dice.some(events, events.length).map((each) => ({ store: STORE_CODE, ...each })) }
  const answers = await inDoubt(dice, () => erp.partner.with(dice)(EVENTS, { params, body }))
  for (const answer of answers) {
    if (answer.kind !== 'ok') continue
    for (const { seq } of events) erp.told.add(seq)
    for (const { row, code } of answer.value.refused)
      town.sightings.violations.push(`event ${row} of the ERP was refused: ${code}`)
  }
}

/** The ERP tells what changed; some messages are late, some come twice, and one number is once in a while used for something else. */
export const tellOfStock: Action = {
  name: 'tell of stock',
  weight: 5,
  choose(town, dice) {
    const { erp } = town
    if (!erp) return undefined
    const fresh = Array.from({ length: dice.between(1, 3) }, () => happen(town, erp, dice))
    const now = fresh.filter(() => dice.chance(0.7))
    const known = erp.events.slice(0, -fresh.length)
    const again = dice.some(known.slice(-12), dice.between(0, 3))
    const told = dice.chance(0.15) ? dice.pick([...erp.told]) : undefined
    return async () => {
      await tellEvents(town, dice, [...now, ...again])
      if (told !== undefined) await contradict(town, erp, dice, told)
    }
  },
}
async function contradict(town: Town, erp: Erp, dice: Dice, seq: number): Promise<void> {
  const event = erp.events[seq - 1]
  if (!event) return
  const { at, goods } = event
  const body = { stock: [{ seq, at, goods, store: STORE_CODE, change: 77 }] }
  const told = valueOf(await answerOf(erp.partner.with(dice)(EVENTS, { params, body })))
  if (told && told.refused[0]?.code !== 'contradicts')
    town.sightings.violations.push(`number ${seq} of the ERP was taken again for something else`)
}

/** The ERP sends a full list, as of a moment ago, while shoppers buy. Nobody may hear of its end; it is sent again then. */
export const sendList: Action = {
  name: 'send a full list',
  weight: 2,
  choose(town, dice) {
    const { erp } = town
    if (!erp) return undefined
    const rows = dice
      .some(COUNTED, dice.between(1, COUNTED.length))
      .map((goods) => ({ goods, count: dice.between(5, 50) }))
    const ago = dice.between(0, 240) * 1000
    const key = dice.key('full-list')
    return async () => {
      const asOf = new Date(town.chain.now().getTime() - ago).toISOString()
      const list: ErpList = { key, asOf, rows, isClosed: false }
      erp.lists.push(list)
      await send(town, dice, list)
    }
  },
}
export async function send({ erp }: Pick<Town, 'erp'>, dice: Dice, list: ErpList): Promise<void> {
  if (!erp) return
  const { key, asOf, rows } = list
  const api = erp.partner.with(dice)
  const opened = await inDoubt(dice, () =>
    api('POST /partner/v1/feeds/:sourceCode/snapshots', { params, body: { key, topic: 'stock', asOf } }),
  )
  const run = opened.find((answer) => answer.kind === 'ok')?.value
  if (!run) return
  if (run.state === 'OPEN') {
    const part = { ...params, runId: run.id, partNo: 1 }
    const body = { stock: rows.map((row) => ({ store: STORE_CODE, ...row })) }
    await inDoubt(dice, () =>
      api('PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo', { params: part, body }),
    )
  }
  const close = { params: { ...params, runId: run.id }, body: { rows: rows.length } }
  const closed = await inDoubt(dice, () =>
    api('POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing', close),
  )
  list.isClosed ||= closed.some(({ kind }) => kind === 'ok')
}
