import type { StoreChange } from '@linli/contract/stores'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { notAllowed, refuse } from '#kernel/problem'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import type { AuditedCall, Staff } from '#room/staff'
import { hoursInvalid, storeMissing } from './problems.ts'
import * as sql from './stores.sql.ts'

export interface Chain {
  name: string
  icp: string | null
}

/** All stores in memory; the database says when to read them again. */
export interface Directory {
  chain(): Chain
  find(id: string): sql.Store | undefined
  require(id: string): sql.Store
  list(): readonly sql.Store[]
  change(call: AuditedCall, id: string, change: Static<typeof StoreChange>): Promise<sql.Store>
  switchFeature(call: AuditedCall, id: string, feature: sql.FeatureName, on: boolean): Promise<sql.Store>
}

export async function createDirectory(ctx: Ctx, staff: Staff): Promise<Directory> {
  const { clock, db, listener, log } = ctx
  let chain: Chain = { name: '', icp: null }
  let stores = new Map<string, sql.Store>()
  const reload = oneAtATime(async () => {
    const [known, rows] = await Promise.all([sql.readChain(db), sql.listStores(db)])
    if (known) chain = known
    stores = new Map(rows.map((row) => [row.id, row]))
  })
  const again = untilFresh(reload, (error) => log.error({ err: error }, 'stores could not be read again'))
  await listener.on('stores', again)
  listener.onReconnect(again)
  await reload()

  const find = (id: string) => stores.get(id)
  const require = (id: string) => find(id) ?? refuse(storeMissing, { storeId: id })
  return {
    chain: () => chain,
    find,
    require,
    list: () => [...stores.values()],

    async change(call, id, change) {
      require(id)
      staff.requireScope(call.actor, id)
      await inTx(db, async (tx) => {
        const before = (await sql.lockStore(tx, id)) ?? refuse(storeMissing, { storeId: id })
        const after = { ...before, ...change }
        if (after.opensAt >= after.closesAt) refuse(hoursInvalid)
        await sql.updateStore(tx, id, after, clock.now())
        await staff.audit(tx, call, {
          action: 'stores.changed',
          subject: `store:${id}`,
          storeId: id,
          before,
          after,
        })
      })
      await reload()
      return require(id)
    },

    async switchFeature(call, id, feature, on) {
      require(id)
      staff.requireScope(call.actor, id)
      // What happens to the money of payments is the chain's affair, not one store's.
      if (feature === 'profit_sharing' && call.actor.storeIds !== null) refuse(notAllowed)
      await inTx(db, async (tx) => {
        const changed = on
          ? await sql.switchOn(tx, id, feature, clock.now())
          : await sql.switchOff(tx, id, feature)
        if (!changed) return
        await staff.audit(tx, call, {
          action: on ? 'stores.feature_on' : 'stores.feature_off',
          subject: `store:${id}`,
          storeId: id,
          before: { [feature]: !on },
          after: { [feature]: on },
        })
      })
      await reload()
      return require(id)
    },
  }
}
