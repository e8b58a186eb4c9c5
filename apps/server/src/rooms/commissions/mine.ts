import type { Output } from '@linli/contract'
import type { commissionRoutes } from '@linli/contract/commissions'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import { sumsOf } from './applying.ts'
import type { BindingVerbs } from './binding.ts'
import type { Paying } from './paying.ts'
import * as problems from './problems.ts'
import { findPromoter, keepPicture, latestApplication, pictureOf, type PromoterRow } from './promoters.sql.ts'
import { levelOf } from './rules.ts'
import type { KeptTerms } from './terms.ts'
import { type Asked, type Payee, shownWithdrawal, type Withdrawing } from './withdrawing.ts'
import { findIdentity, findOpen, findWithdrawal, type WithdrawalRow } from './withdrawals.sql.ts'

type Standing = Output<(typeof commissionRoutes)['GET /v1/promoter']>
type Shown = Output<(typeof commissionRoutes)['GET /v1/promoter/withdrawals/:withdrawalId']>
type Code = Output<(typeof commissionRoutes)['GET /v1/promoter/code']>

/** Where a scanned code opens the shop, and what it carries. */
const PAGE = 'pages/home/index'
const sceneOf = (key: string): string => `p.${key}`
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

export interface MineRoom {
  ctx: Pick<Ctx, 'db' | 'clock'>
  terms: KeptTerms
  members: Pick<Members, 'drawCode'>
  binding: BindingVerbs
  withdrawing: Withdrawing
  paying: Paying
}

/** 推广中心, as its owner sees it. */
export function createMine({ ctx: { db, clock }, terms, members, binding, withdrawing, paying }: MineRoom) {
  const promoterOf = async (memberId: string): Promise<PromoterRow> =>
    (await findPromoter(db, { memberId }, clock.now())) ?? refuse(problems.notPromoter)
  const shown = (row: WithdrawalRow): Shown => ({
    withdrawal: shownWithdrawal(row),
    confirm: paying.confirming(row),
  })
  /** Somebody else's is none. */
  const own = async (memberId: string, id: string): Promise<WithdrawalRow> => {
    const { accountId } = await promoterOf(memberId)
    const row = await findWithdrawal(db, id)
    return row?.accountId === accountId ? row : refuse(problems.withdrawalMissing)
  }

  async function standing(row: PromoterRow): Promise<Standing['me']> {
    const { accountId, active, key, since, bound, invited } = row
    const [identity, open] = await Promise.all([findIdentity(db, accountId), findOpen(db, accountId)])
    const held = terms.latest()
    const level = held && levelOf(held, row.level)
    return {
      active,
      key,
      bound,
      invited,
      levelName: level?.name ?? row.level,
      rateBp: level?.rateBp ?? 0,
      since: since.toISOString(),
      sums: sumsOf(row),
      identityTail: identity?.tail ?? null,
      open: open ? shownWithdrawal(open) : null,
    }
  }

  return {
    promoterOf,
    /** What a link of theirs carries; null of who does not promote now. */
    async keyOf(memberId: string): Promise<string | null> {
      const promoter = terms.now() ? await findPromoter(db, { memberId }, clock.now()) : undefined
      return promoter?.active ? promoter.key : null
    },
    async standing(memberId: string): Promise<Standing> {
      const [promoter, application, boundTo] = await Promise.all([
        findPromoter(db, { memberId }, clock.now()),
        latestApplication(db, memberId),
        binding.of(memberId),
      ])
      const row = terms.latest()
      return {
        terms: row && {
          active: row.active,
          depth: row.depth,
          bindMode: row.bindMode,
          bindDays: row.bindDays,
          selfReward: row.selfReward,
          holdDays: row.holdDays,
          levels: row.levels,
          leastFen: row.leastFen,
          dailyFen: row.dailyFen,
          tax: row.tax,
        },
        application: application
          ? { state: application.state, at: application.at.toISOString(), reason: application.reason }
          : null,
        me: promoter ? await standing(promoter) : null,
        boundTo,
      }
    },

    async code(memberId: string): Promise<Code> {
      const { key } = await promoterOf(memberId)
      const scene = sceneOf(key)
      let picture = (await pictureOf(db, memberId))?.picture ?? null
      if (!picture) {
        const drawn = (await members.drawCode(scene, PAGE)) ?? refuse(problems.pictureUnavailable)
        await inOneStatement(db, (tx) => keepPicture(tx, memberId, drawn))
        picture = drawn
      }
      const kind = picture.subarray(0, 4).equals(PNG) ? 'png' : 'jpeg'
      return { scene, picture: `data:image/${kind};base64,${picture.toString('base64')}` }
    },

    async payee(memberId: string): Promise<Payee> {
      return { memberId, accountId: (await promoterOf(memberId)).accountId }
    },

    async withdraw(memberId: string, asked: Asked): Promise<Shown> {
      const payee = { memberId, accountId: (await promoterOf(memberId)).accountId }
      const { id } = await withdrawing.request(payee, asked)
      await paying.look(id)
      return shown(await own(memberId, id))
    },

    async withdrawal(memberId: string, id: string): Promise<Shown> {
      await own(memberId, id)
      await paying.look(id)
      return shown(await own(memberId, id))
    },

    async cancel(memberId: string, id: string): Promise<Shown> {
      await paying.cancel(await own(memberId, id))
      return shown(await own(memberId, id))
    },
  }
}
export type Mine = ReturnType<typeof createMine>
