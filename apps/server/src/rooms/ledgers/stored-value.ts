import type { Input, Output } from '@linli/contract'
import type { consoleStoredValueRoutes, storedValueRoutes, ValueMember } from '@linli/contract/stored-value'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { MemberCard, Members } from '#room/members'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { isDocument } from '#kernel/document'
import { cursorAfter, readCursor } from '#kernel/cursor'
import type { Kept } from '#kernel/kept'
import { memberMissing } from './problems.ts'
import * as problems from './value-problems.ts'
import * as sql from './value.sql.ts'

type Console = typeof consoleStoredValueRoutes
type Shown = Static<typeof ValueMember>
type TopUp = Input<Console['POST /console/v1/stored-value-members/:memberId/top-ups']>['body']
type PayOut = Input<Console['POST /console/v1/stored-value-members/:memberId/pay-outs']>['body']
type Terms = Input<Console['PUT /console/v1/stored-value/terms']>['body']
type Books = Output<Console['GET /console/v1/stored-value']>
type Postings = Output<Console['GET /console/v1/stored-value-members/:memberId/postings']>
type Mine = Output<(typeof storedValueRoutes)['GET /v1/stored-value']>

export interface ValueDeps {
  stores: Pick<Stores, 'require'>
  staff: Pick<Staff, 'requireScope' | 'audit'>
  members: Pick<Members, 'cards' | 'idsByPhoneTail'>
}
type Page = { cursor?: string; limit?: number }
const NOTHING: sql.Balance = { availableFen: 0, heldFen: 0 }

/** Money that members paid ahead, as staff and its owners see and move it. What orders do with it is the desk's. */
export function createStoredValue(
  { db, clock, secrets }: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  { stores, staff, members }: ValueDeps,
  terms: Kept<sql.ValueTermsRow | undefined>,
) {
  const open = (): sql.ValueTermsRow | undefined => (terms.now()?.open === true ? terms.now() : undefined)
  const roomIn = ({ availableFen, heldFen }: sql.Balance): number =>
    Math.max(0, (open()?.maxBalanceFen ?? 0) - availableFen - heldFen)
  const sealFor = (memberId: string) => `value_holder ${memberId}`
  const shown = (card: MemberCard, account: sql.AccountRow | undefined): Shown => {
    const { availableFen, heldFen } = account ?? NOTHING
    return {
      memberId: card.id,
      name: maskName(card.nickname),
      phoneTail: card.phoneTail,
      availableFen,
      heldFen,
      roomFen: roomIn({ availableFen, heldFen }),
      holder: account
        ? {
            name: maskName(secrets.open(account.name, sealFor(card.id))),
            documentTail: account.documentTail,
          }
        : null,
    }
  }
  async function show(memberIds: readonly string[]): Promise<Shown[]> {
    const [cards, accounts] = await Promise.all([members.cards(memberIds), sql.listAccounts(db, memberIds)])
    return [...cards.values()].map((card) =>
      shown(
        card,
        accounts.find(({ memberId }) => memberId === card.id),
      ),
    )
  }
  const showOne = async (memberId: string): Promise<Shown> =>
    (await show([memberId]))[0] ?? refuse(memberMissing)

  async function post(tx: Tx, call: AuditedCall, posting: sql.CounterPosting): Promise<void> {
    await sql.insertCounterPosting(tx, posting)
    const { memberId, reason, availableFen, tender, tenderedFen, slip, note, storeId } = posting
    await staff.audit(tx, call, {
      action: reason === 'top_up' ? 'ledgers.value_topped_up' : 'ledgers.value_paid_out',
      subject: `member:${memberId}`,
      storeId,
      after: { amountFen: Math.abs(availableFen), tender, tenderedFen, slip, note },
    })
  }

  /** Posts once under its key, with the member's account in nobody else's hands after `lock`; answers when that was first done. */
  const postOnce = (
    call: AuditedCall,
    wanted: Omit<sql.CounterPosting, 'staffId' | 'by' | 'at'>,
    { lock, check }: Record<'lock' | 'check', (tx: Tx) => Promise<unknown>>,
  ): Promise<Date> =>
    inTx(db, async (tx) => {
      const at = clock.now()
      await lock(tx)
      const before = await sql.findByKey(tx, wanted.memberId, wanted.idemKey)
      if (before) return isSame(before, wanted) ? before.at : refuse(problems.keyReused)
      await check(tx)
      await post(tx, call, { ...wanted, staffId: call.actor.staffId, by: signature(call.actor), at })
      return at
    })

  async function recordHolder(
    tx: Tx,
    { actor }: AuditedCall,
    memberId: string,
    holder: TopUp['holder'],
  ): Promise<void> {
    if (holder)
      await sql.insertHolder(tx, {
        memberId,
        name: secrets.seal(holder.name.trim(), sealFor(memberId)),
        document: secrets.seal(holder.document, sealFor(memberId)),
        tail: holder.document.slice(-4),
        at: clock.now(),
        staffId: actor.staffId,
      })
    if (!(await sql.lockHolder(tx, memberId))) refuse(problems.holderMissing)
  }

  const page = async (memberId: string, { cursor, limit = 20 }: Page, whole: boolean) => {
    const before = cursor === undefined ? null : readCursor(cursor, problems.cursorInvalid)
    const rows = await sql.listValuePostings(db, memberId, { before, limit: limit + 1, whole })
    const items = rows.slice(0, limit)
    return { items, nextCursor: rows.length > limit ? cursorAfter(items) : null }
  }

  async function books(): Promise<Books> {
    const [found, sums] = await Promise.all([sql.findValueTerms(db), sql.sumValue(db)])
    return { ...sums, terms: found ? { ...found, since: found.since.toISOString() } : null }
  }

  return {
    isOpen: () => open() !== undefined,

    async mine(memberId: string): Promise<Mine> {
      return { open: open() !== undefined, ...((await sql.findBalance(db, memberId)) ?? NOTHING) }
    },

    async myPostings(memberId: string, asked: Page) {
      const { items, nextCursor } = await page(memberId, asked, false)
      return {
        items: items.map(({ id, reason, availableFen, orderId, at }) => ({
          id: String(id),
          reason,
          availableFen,
          orderId,
          at: at.toISOString(),
        })),
        nextCursor,
      }
    },

    find: async (phoneTail: string) => ({ items: await show(await members.idsByPhoneTail(phoneTail)) }),

    async postings(memberId: string, asked: Page): Promise<Postings> {
      const { items, nextCursor } = await page(memberId, asked, true)
      return {
        items: items.map(({ id, at, ...row }) => ({ ...row, id: String(id), at: at.toISOString() })),
        nextCursor,
      }
    },

    /** Takes money for a member's account: never above its limit, never without a name, never with the chain's switch off. */
    async topUp(call: AuditedCall, memberId: string, body: TopUp) {
      const { storeId, tender, amountFen, holder, idempotencyKey: idemKey } = body
      stores.require(storeId)
      staff.requireScope(call.actor, storeId)
      const paid = requireTender(body)
      if (holder && !isDocument(holder.document)) refuse(problems.documentInvalid)
      await showOne(memberId)
      const wanted = {
        memberId,
        reason: 'top_up' as const,
        availableFen: amountFen,
        storeId,
        tender,
        ...paid,
      }
      const at = await postOnce(
        call,
        { ...wanted, note: null, idemKey },
        {
          lock: (tx) => recordHolder(tx, call, memberId, holder),
          async check(tx) {
            if (!open()) refuse(problems.valueOff)
            const roomFen = roomIn((await sql.lockBalance(tx, memberId)) ?? NOTHING)
            if (amountFen > roomFen) refuse(problems.tooMuch, { roomFen })
          },
        },
      )
      const changeFen = (paid.tenderedFen ?? amountFen) - amountFen
      return { ...(await showOne(memberId)), amountFen, changeFen, at: at.toISOString() }
    },

    /** Pays out what is there, in cash, whether the chain still takes stored value or not: it is the member's. */
    async payOut(call: AuditedCall, memberId: string, body: PayOut) {
      const { storeId, amountFen, expectFen, reason: note, idempotencyKey: idemKey } = body
      stores.require(storeId)
      staff.requireScope(call.actor, storeId)
      await showOne(memberId)
      const wanted = {
        memberId,
        reason: 'pay_out' as const,
        availableFen: -amountFen,
        storeId,
        tender: 'cash' as const,
        tenderedFen: null,
        slip: null,
        note,
        idemKey,
      }
      const at = await postOnce(call, wanted, {
        lock: (tx) => sql.lockHolder(tx, memberId),
        async check(tx) {
          const { availableFen } = (await sql.lockBalance(tx, memberId)) ?? NOTHING
          if (availableFen !== expectFen) refuse(problems.balanceChanged, { availableFen })
          if (availableFen < amountFen) refuse(problems.valueShort, { availableFen })
        },
      })
      return { ...(await showOne(memberId)), amountFen, at: at.toISOString() }
    },

    books,

    async setTerms(call: AuditedCall, wanted: Terms): Promise<Books> {
      await inTx(db, async (tx) => {
        const before = await sql.findValueTerms(tx)
        const row = { ...wanted, since: clock.now(), by: signature(call.actor) }
        await sql.insertValueTerms(tx, row)
        await staff.audit(tx, call, {
          action: 'ledgers.value_terms_set',
          subject: 'chain',
          before: before && {
            open: before.open,
            maxBalanceFen: before.maxBalanceFen,
            filingNo: before.filingNo,
          },
          after: wanted,
        })
      })
      await terms.reload()
      return books()
    },
  }
}
export type StoredValue = ReturnType<typeof createStoredValue>

type Asked = Omit<sql.CounterPosting, 'staffId' | 'by' | 'at'>
const isSame = (before: sql.CounterPosting, wanted: Asked): boolean =>
  (['reason', 'availableFen', 'storeId', 'tender', 'tenderedFen', 'slip', 'note'] as const).every(
    (name) => before[name] === wanted[name],
  )

/** Cash comes with what was put down, enough of it; a card with the number on its slip. */
function requireTender({ tender, amountFen, tenderedFen, slip }: TopUp) {
  const cash = tender === 'cash'
  if ((tenderedFen !== undefined) !== cash || (slip !== undefined) === cash) refuse(problems.tenderIncomplete)
  if (tenderedFen !== undefined && tenderedFen < amountFen) refuse(problems.tenderIncomplete)
  return { tenderedFen: tenderedFen ?? null, slip: slip ?? null }
}
