// Recency, frequency and money: what the database scores is what counting by hand scores, cell by cell, by both rules.
import type { Segment } from '@linli/contract/audience-rules'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { randomUUID } from 'node:crypto'
import { inTx } from '../../src/kernel/db.ts'
import { instantOf } from '../../src/kernel/clock.ts'
import { createInsight } from '../../src/rooms/insight/index.ts'
import { type RfmRule, score } from '../../src/rooms/audiences/rfm.sql.ts'
import { dice } from '../audience-world.ts'
import { openWorld, type World } from '../world.ts'

interface Row {
  customer: number
  day: string
  fen: number
}
/** Ids in the order of the customers' numbers. */
const idOf = (customer: number): string => `00000000-0000-4000-8000-${String(customer).padStart(12, '0')}`

async function plant({ ctx }: World, rows: readonly Row[]): Promise<void> {
  const customers = [...new Set(rows.map(({ customer }) => customer))]
  await ctx.database.pool.query(
    `insert into member (id, nickname, joined_at) select id, '试', now() from unnest($1::uuid[]) id`,
    [customers.map(idOf)],
  )
  await createInsight(ctx).bringHistory(
    rows.map(({ customer, day, fen }) => ({
      id: randomUUID(),
      source: 'history',
      storeId: 'S01',
      memberId: idOf(customer),
      channel: 'till',
      boughtAt: instantOf(day, '12:00'),
      day,
      goodsFen: fen,
      collectedAt: null,
      campaignId: null,
      lines: [{ lineNo: 1, skuId: null, quantity: 1, refundedQuantity: 0, payFen: fen, refundedFen: 0 }],
    })),
  )
}

// ---- By hand, after the definitions: no code of the room.

interface Scored {
  r: number
  f: number
  m: number
}
const NAMES: Record<number, readonly Segment[]> = {
  1: ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cant_lose'],
  2: ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cant_lose'],
  3: ['about_to_sleep', 'about_to_sleep', 'need_attention', 'loyal', 'loyal'],
  4: ['promising', 'potential_loyalist', 'potential_loyalist', 'loyal', 'loyal'],
  5: ['new_customer', 'potential_loyalist', 'potential_loyalist', 'champion', 'champion'],
}
function byHand(rows: readonly Row[], reference: string, rule: RfmRule): Map<number, Scored> {
  const facts = new Map<number, { days: number; count: number; fen: number }>()
  for (const { customer, day, fen } of rows) {
    const days = (Date.parse(reference) - Date.parse(day)) / 86_400_000
    const known = facts.get(customer) ?? { days: Infinity, count: 0, fen: 0 }
    facts.set(customer, { days: Math.min(known.days, days), count: known.count + 1, fen: known.fen + fen })
  }
  const all = [...facts].map(([customer, fact]) => ({ customer, ...fact }))
  type Fact = (typeof all)[number]
  const byCuts = (of: (fact: Fact) => number) => {
    const sorted = all.map(of).sort((a, b) => a - b)
    const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => {
      const at = share * (sorted.length - 1)
      const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.floor(at) + 1]]
      return low + (at - Math.floor(at)) * (high - low)
    })
    return new Map(all.map((fact) => [fact.customer, 1 + cuts.filter((cut) => cut < of(fact)).length]))
  }
  const byFifths = (before: (a: Fact, b: Fact) => number) => {
    const sorted = all.toSorted((a, b) => before(a, b) || a.customer - b.customer)
    const [size, more] = [Math.floor(sorted.length / 5), sorted.length % 5]
    const sizes = [1, 2, 3, 4, 5].map((fifth) => size + (fifth <= more ? 1 : 0))
    const fifths = sizes.flatMap((n, i) => Array.from({ length: n }, () => i + 1))
    return new Map(sorted.map(({ customer }, i) => [customer, fifths[i] ?? 0]))
  }
  const [r, f, m] =
    rule === 'A'
      ? [byCuts(({ days }) => days), byCuts(({ count }) => count), byCuts(({ fen }) => fen)]
      : [
          byFifths((a, b) => b.days - a.days),
          byFifths((a, b) => a.count - b.count),
          byFifths((a, b) => a.fen - b.fen),
        ]
  return new Map(
    all.map(({ customer }) => {
      const recency = r.get(customer) ?? 0
      return [
        customer,
        { r: rule === 'A' ? 6 - recency : recency, f: f.get(customer) ?? 0, m: m.get(customer) ?? 0 },
      ]
    }),
  )
}

async function compare(
  world: World,
  rows: readonly Row[],
  reference: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const rule of ['A', 'B'] as const) {
    const id = randomUUID()
    const run = { id, rule, day: reference, at: world.clock.now() }
    assert.equal(await inTx(world.ctx.db, (tx) => score(tx, run)), true)
    assert.equal(
      await inTx(world.ctx.db, (tx) => score(tx, { ...run, id: randomUUID() })),
      false,
      'once a night',
    )
    const wanted = byHand(rows, reference, rule)
    const { rows: found } = await world.ctx.database.pool.query<Scored & { id: string; segment: Segment }>(
      'select member_id as id, r, f, m, segment from rfm_score where run_id = $1',
      [id],
    )
    assert.equal(found.length, wanted.size)
    for (const each of found) {
      const hand = wanted.get(Number(each.id.slice(-12)))
      assert.deepEqual({ r: each.r, f: each.f, m: each.m }, hand, `${rule} ${each.id}`)
      assert.equal(each.segment, NAMES[each.r]?.[each.f - 1])
      const key = `${rule} ${each.segment}`
      counts[key] = (counts[key] ?? 0) + 1
    }
    const { rows: cells } = await world.ctx.database.pool.query<{ n: number }>(
      'select sum(members)::int as n from rfm_cell where run_id = $1',
      [id],
    )
    assert.equal(cells[0]?.n, wanted.size)
  }
  return counts
}

test('both rules score generated customers as by hand: many ties, and fifths that are not equal', async () => {
  const world = await openWorld()
  try {
    const roll = dice(11)
    const rows = Array.from({ length: 1203 }, (): Row => ({
      customer: 1 + roll(337),
      day: new Date(Date.UTC(2026, 0, 1 + roll(90))).toISOString().slice(0, 10),
      fen: roll(40) * 250,
    }))
    await plant(world, rows)
    await compare(world, rows, '2026-04-30')
  } finally {
    await world.close()
  }
})

const DATA = process.env['LINLI_DATA']
test(
  'both rules score the customers of CDNOW as by hand',
  { skip: DATA === undefined && 'LINLI_DATA names no folder with cdnow_sample.csv' },
  async (t) => {
    const text = await readFile(path.join(DATA ?? '', 'cdnow_sample.csv'), 'utf8')
    const rows = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line): Row => {
        const [customer = '', day = '', , dollars = ''] = line.trim().split(',')
        return {
          customer: Number(customer),
          day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`,
          fen: Math.round(Number(dollars) * 100),
        }
      })
    assert.equal(rows.length, 6919)
    const world = await openWorld()
    try {
      await plant(world, rows)
      t.diagnostic(JSON.stringify(await compare(world, rows, '1998-06-30')))
    } finally {
      await world.close()
    }
  },
)
