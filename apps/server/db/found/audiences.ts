import type { AudienceRule } from '@linli/contract/audience-rules'
import type { READY_AUDIENCES } from '@linli/contract/audiences'
import type pg from 'pg'
import { randomUUIDv7 } from 'node:crypto'

interface Ready {
  ready: (typeof READY_AUDIENCES)[number]
  name: string
  note: string
  rule: AudienceRule
}
const amount = (
  fact: 'purchases' | 'average_fen' | 'most_pieces' | 'days_since_last' | 'days_since_first' | 'kept_fen',
  op: 'at_least' | 'at_most',
  value: number,
  of: { lastDays?: number; weekdays?: number[] } = {},
) => ({ fact, op, value, ...of })

const READY: readonly Ready[] = [
  {
    ready: 'best_regulars',
    name: '高价值熟客',
    note: '常来、花得多、最近还来过',
    rule: {
      rows: [
        amount('purchases', 'at_least', 6, { lastDays: 90 }),
        amount('kept_fen', 'at_least', 80_000, { lastDays: 90 }),
        amount('days_since_last', 'at_most', 30),
      ],
    },
  },
  {
    ready: 'weekend_families',
    name: '周末采购家庭',
    note: '周末来得勤，一次买得多',
    rule: {
      rows: [
        amount('purchases', 'at_least', 4, { lastDays: 90, weekdays: [6, 7] }),
        amount('average_fen', 'at_least', 8_000, { lastDays: 90 }),
        amount('most_pieces', 'at_least', 12, { lastDays: 90 }),
      ],
    },
  },
  {
    ready: 'no_second',
    name: '新客未复购',
    note: '两个月内第一次买，过了两周还没来第二次',
    rule: {
      rows: [
        amount('purchases', 'at_most', 1),
        amount('days_since_first', 'at_most', 60),
        amount('days_since_last', 'at_least', 14),
      ],
    },
  },
  {
    ready: 'sleeping',
    name: '沉睡会员',
    note: '以前买过三次以上，两个月没来',
    rule: {
      rows: [amount('purchases', 'at_least', 3), amount('days_since_last', 'at_least', 60)],
    },
  },
]
/** Which goods are for small children is told by their names, or by their category; where neither tells, head office chooses. */
async function parents(client: pg.ClientBase): Promise<Ready> {
  const skus = await client.query<{ id: string }>(
    `select k.id from sku k join product p on p.id = k.product_id where p.name ~ '婴|宝宝|纸尿|奶粉|童' order by k.barcode limit 50`,
  )
  const categories = await client.query<{ id: string }>(
    `select id from category where name ~ '母婴|婴幼|宝宝' order by id limit 50`,
  )
  const goods =
    skus.rows.length > 0
      ? { skuIds: skus.rows.map(({ id }) => id) }
      : { categoryIds: categories.rows.map(({ id }) => id) }
  const none = skus.rows.length + categories.rows.length === 0
  return {
    ready: 'parents',
    name: '母婴偏好',
    note: none ? '还没选商品：加一条「买过什么」，再存成第 1 版' : '四个月里买过两次以上母婴用品',
    rule: { rows: none ? [] : [{ fact: 'goods_times', op: 'at_least', value: 2, lastDays: 120, ...goods }] },
  }
}

/**
 * The definitions that every chain begins with, as version 1, taken every night; within the caller's transaction. What is there, or was put away, stays
 * as it is. Says how many were added.
 */
export async function foundAudiences(client: pg.ClientBase): Promise<number> {
  let added = 0
  for (const { ready, name, note, rule } of [...READY, await parents(client)]) {
    const whole = rule.rows.length > 0
    const { rows } = await client.query<{ id: string }>(
      `insert into audience (id, ready, name, note, rule, nightly, created_at, created_by)
       select $1, $2, $3, $4, $5, $6, now(), 'system' where not exists (select from audience where lower(name) = lower($3) and archived_at is null)
       on conflict (ready) do nothing returning id`,
      [randomUUIDv7(), ready, name, note, JSON.stringify(rule), whole],
    )
    const [row] = rows
    if (!row) continue
    added++
    if (whole)
      await client.query(
        `insert into audience_version (audience_id, version, rule, saved_at, by) values ($1, 1, $2, now(), 'system')`,
        [row.id, JSON.stringify(rule)],
      )
  }
  return added
}
