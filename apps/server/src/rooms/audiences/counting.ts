import {
  type AudienceRule,
  type Condition,
  conditionsOf,
  FACTS,
  isChoice,
  isGroup,
  type Node,
  ruleFault,
  within,
} from '@linli/contract/audience-rules'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import { overloaded, Problem, refuse } from '#kernel/problem'
import type { AtDesk, Members } from '#room/members'
import { memberMissing } from '#room/members'
import type { AsOf } from './compile.sql.ts'
import * as sql from './counting.sql.ts'
import { ruleUnsound, tooSlow } from './problems.ts'

/** Whoever builds a rule waits for its count: one that takes longer is refused. */
export const COUNT_WITHIN_MS = 8_000
/** So many rules are counted at once in one process; the next is asked to come again. */
const AT_ONCE = 3
const SAMPLE = 5

export interface Reason {
  path: string
  figure: sql.Figure
  holds: boolean
}

/** Refuses a rule that fits the schema and cannot be asked all the same; says where and why. */
export function requireSound(rule: AudienceRule): void {
  const fault = ruleFault(rule)
  if (fault) refuse(ruleUnsound, { ...fault })
}

/** Whether a condition holds for somebody with this figure. */
export function holdsFor(condition: Condition, figure: sql.Figure): boolean {
  const isSo = isChoice(condition)
    ? Array.isArray(figure) && figure.some((each) => condition.oneOf.includes(each))
    : within(condition, typeof figure === 'number' ? figure : null)
  return isSo !== (condition.not ?? false)
}
const nodeHolds = (node: Node, path: string, known: ReadonlyMap<string, boolean>): boolean => {
  if (!isGroup(node)) return known.get(path) ?? false
  const each = node.parts.map((part, i) => nodeHolds(part, `${path}.${i}`, known))
  const isSo = node.how === 'all' ? each.every(Boolean) : each.some(Boolean)
  return isSo !== (node.not ?? false)
}

const isCancelled = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '57014'
/** Statements that took too long are refused by name. */
export async function inTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isCancelled(error)) refuse(tooSlow)
    throw error
  }
}

/** Counts, samples and explains rules; keeps nothing. */
export function createCounting(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { members }: { members: Pick<Members, 'atDesk'> },
) {
  let running = 0
  const asOf = (): AsOf => ({ day: businessDay(clock.now()), now: clock.now() })
  async function ask<T>(rule: AudienceRule, work: (reader: Reader, at: AsOf) => Promise<T>): Promise<T> {
    requireSound(rule)
    if (running >= AT_ONCE) throw new Problem(overloaded)
    running++
    try {
      return await inTime(() =>
        inTx(db, async (tx) => {
          await sql.boundReading(tx, COUNT_WITHIN_MS)
          return work(tx, asOf())
        }),
      )
    } finally {
      running--
    }
  }
  async function reasonsOf(
    reader: Reader,
    rule: AudienceRule,
    at: AsOf,
    ids: readonly string[],
  ): Promise<Map<string, Reason[]>> {
    await sql.aboutFew(reader)
    const reasons = new Map(ids.map((id): [string, Reason[]] => [id, []]))
    for (const { path, condition } of conditionsOf(rule)) {
      const figures = await sql.figures(reader, condition, at, ids)
      const absent = isChoice(condition) ? [] : FACTS[condition.fact].absent
      for (const id of ids) {
        const figure = figures.get(id) ?? absent
        reasons.get(id)?.push({ path, figure, holds: holdsFor(condition, figure) })
      }
    }
    return reasons
  }
  const deskOf = async (ids: readonly string[]): Promise<Map<string, AtDesk>> => members.atDesk(ids)

  return {
    async count(rule: AudienceRule) {
      const begun = clock.stamp().getTime()
      const at = clock.now()
      const counts = await ask(rule, (reader, day) => sql.count(reader, rule.rows, day))
      return { ...counts, asOf: at.toISOString(), tookMs: clock.stamp().getTime() - begun }
    },

    async sample(rule: AudienceRule, seed: number) {
      const found = await ask(rule, async (reader, at) => {
        const ids = await sql.sample(reader, rule.rows, at, { seed, limit: SAMPLE })
        await sql.inOrder(reader)
        const byStore = await sql.byStore(reader, rule.rows, at)
        const reasons = await reasonsOf(reader, rule, at, ids)
        return { ids, byStore, reasons, stores: await sql.usualStores(reader, ids, at) }
      })
      const known = await deskOf(found.ids)
      return {
        items: found.ids.flatMap((id) => {
          const member = known.get(id)
          return member
            ? [{ member, storeId: found.stores.get(id) ?? null, reasons: found.reasons.get(id) ?? [] }]
            : []
        }),
        byStore: found.byStore,
      }
    },

    async reasons(rule: AudienceRule, memberId: string) {
      const member = (await deskOf([memberId])).get(memberId) ?? refuse(memberMissing, { memberId })
      const { reasons, word } = await ask(rule, async (reader, at) => ({
        reasons: (await reasonsOf(reader, rule, at, [memberId])).get(memberId) ?? [],
        word: await sql.wordOf(reader, memberId),
      }))
      const known = new Map(reasons.map(({ path, holds }) => [path, holds]))
      return {
        member,
        reasons,
        isIn: word?.agreed !== false && rule.rows.every((row, i) => nodeHolds(row, String(i), known)),
        marketing: { agreed: word?.agreed ?? null, since: word?.since.toISOString() ?? null },
      }
    },
  }
}
export type Counting = ReturnType<typeof createCounting>
