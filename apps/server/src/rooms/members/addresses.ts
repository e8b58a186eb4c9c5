import type { Address, AddressInput } from '@linli/contract/members'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './addresses.sql.ts'
import { addressMissing, tooManyAddresses } from './problems.ts'

type Given = Static<typeof AddressInput>
type Shown = Static<typeof Address>
type Sealed = Pick<Given, 'name' | 'phone' | 'district' | 'detail'> & { tag: string | null }

const MOST = 20

/** A member's own addresses, sealed in the database: only their owner reads them whole. */
export interface Addresses {
  list(memberId: string): Promise<Shown[]>
  add(memberId: string, given: Given): Promise<Shown>
  replace(memberId: string, id: string, given: Given): Promise<Shown>
  remove(memberId: string, id: string): Promise<void>
}

export function createAddresses({ db, clock, secrets }: Pick<Ctx, 'db' | 'clock' | 'secrets'>): Addresses {
  const context = (id: string) => `address:${id}`
  const seal = (id: string, { name, phone, district, detail, tag = '' }: Given): Buffer => {
    const whole: Sealed = { name, phone, district, detail, tag: tag || null }
    return secrets.seal(JSON.stringify(whole), context(id))
  }
  const open = ({ id, sealed, isDefault }: sql.AddressRow): Shown => {
    const whole: Sealed = JSON.parse(secrets.open(sealed, context(id)))
    return { id, ...whole, isDefault }
  }

  return {
    list: async (memberId) => (await sql.listAddresses(db, memberId)).map(open),

    add: (memberId, given) =>
      inTx(db, async (tx) => {
        await sql.lockMember(tx, memberId)
        const known = await sql.listAddresses(tx, memberId)
        if (known.length >= MOST) refuse(tooManyAddresses, { most: MOST })
        const id = newId()
        const isDefault = given.isDefault === true || known.length === 0
        if (isDefault) await sql.clearDefault(tx, memberId)
        return open(
          await sql.insertAddress(tx, { id, memberId, sealed: seal(id, given), isDefault, at: clock.now() }),
        )
      }),

    replace: (memberId, id, given) =>
      inTx(db, async (tx) => {
        await sql.lockMember(tx, memberId)
        const known = (await sql.listAddresses(tx, memberId)).find((each) => each.id === id)
        if (!known) refuse(addressMissing)
        const isDefault = given.isDefault ?? known.isDefault
        if (isDefault) await sql.clearDefault(tx, memberId)
        const row = await sql.replaceAddress(tx, memberId, { id, sealed: seal(id, given), isDefault })
        return open(row ?? refuse(addressMissing))
      }),

    remove: (memberId, id) =>
      inTx(db, async (tx) => {
        await sql.lockMember(tx, memberId)
        const gone = (await sql.deleteAddress(tx, memberId, id)) ?? refuse(addressMissing)
        if (gone.isDefault) await sql.promoteNewest(tx, memberId)
      }),
  }
}
