import type { Input } from '@linli/contract'
import type { consolePartnerRoutes } from '@linli/contract/console-partners'
import { randomBytes } from 'node:crypto'
import { signature } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { sealedFor } from './admitting.ts'
import * as sql from './clients.sql.ts'
import { codeTaken, keyMissing, keysFull, keyUnusable, partnerMissing } from './problems.ts'
import { readPublicKey } from './signing.ts'

type Routes = typeof consolePartnerRoutes
type PartnerWish = Input<Routes['POST /console/v1/partners']>['body']
type PartnerChange = Input<Routes['PUT /console/v1/partners/:partnerId']>['body']
type KeyWish = Input<Routes['POST /console/v1/partners/:partnerId/keys']>['body']

export interface PartnerDeps {
  staff: Pick<Staff, 'audit'>
  stores: Pick<Stores, 'require'>
}
type Key = Awaited<ReturnType<typeof sql.listKeys>>[number] & { state: 'live' | 'expired' | 'revoked' }
export type ShownPartner = sql.PartnerRow & { keys: Key[] }

const DAY_S = 86_400
const SLOTS = [1, 2]

/** What a new key is checked with, and the secret if it is one of ours. */
interface Made {
  publicKey: string | null
  secretSealed: Buffer | null
  secret: string | null
}

/** Who may connect, and their keys. Head office alone looks after them. */
export function createClients(
  { clock, db, secrets }: Pick<Ctx, 'clock' | 'db' | 'secrets'>,
  deps: PartnerDeps,
) {
  const { staff, stores } = deps

  const stateOf = ({ endedAt, expiresAt }: sql.KeyRow): Key['state'] =>
    endedAt && endedAt < expiresAt ? 'revoked' : expiresAt <= clock.now() ? 'expired' : 'live'
  async function withKeys(rows: readonly sql.PartnerRow[]): Promise<ShownPartner[]> {
    const keys = await sql.listKeys(
      db,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => ({
      ...row,
      keys: keys
        .filter(({ partnerId }) => partnerId === row.id)
        .map((key) => ({ ...key, state: stateOf(key) })),
    }))
  }
  async function show(id: string): Promise<ShownPartner> {
    const row = (await sql.findPartner(db, id)) ?? refuse(partnerMissing, { partnerId: id })
    const [shown] = await withKeys([row])
    return shown ?? refuse(partnerMissing, { partnerId: id })
  }
  const lock = async (tx: Tx, id: string): Promise<sql.PartnerRow> =>
    (await sql.lockPartner(tx, id)) ?? refuse(partnerMissing, { partnerId: id })
  const subjectOf = ({ code }: sql.PartnerRow) => ({ subject: `partner:${code}` })
  const requireStores = (storeIds: readonly string[] | null) => storeIds?.forEach((id) => stores.require(id))

  function make(keyId: string, { algorithm, publicKeyPem = '' }: KeyWish): Made {
    if (algorithm === 'ed25519')
      return {
        publicKey: readPublicKey(publicKeyPem) ?? refuse(keyUnusable),
        secretSealed: null,
        secret: null,
      }
    if (publicKeyPem !== '') refuse(keyUnusable)
    const secret = `ls_${randomBytes(32).toString('base64url')}`
    return { publicKey: null, secretSealed: secrets.seal(secret, sealedFor(keyId)), secret }
  }

  return {
    list: async (): Promise<ShownPartner[]> => withKeys(await sql.listPartners(db)),
    show,

    async add(call: AuditedCall, wish: PartnerWish): Promise<ShownPartner> {
      requireStores(wish.storeIds)
      const row = {
        ...wish,
        id: newId(),
        active: true,
        createdAt: clock.now(),
        createdBy: signature(call.actor),
      }
      await inTx(db, async (tx) => {
        await sql.insertPartner(tx, row)
        await staff.audit(tx, call, { action: 'partners.added', ...subjectOf(row), after: wish })
      }).catch((error: unknown) => {
        if (violates(error, 'partner_code_key')) refuse(codeTaken, { code: wish.code })
        throw error
      })
      return show(row.id)
    },

    async change(call: AuditedCall, id: string, change: PartnerChange): Promise<ShownPartner> {
      requireStores(change.storeIds)
      await inTx(db, async (tx) => {
        const before = await lock(tx, id)
        const after = { ...before, ...change }
        await sql.updatePartner(tx, after)
        await staff.audit(tx, call, { action: 'partners.changed', ...subjectOf(before), before, after })
      })
      return show(id)
    },

    async addKey(call: AuditedCall, id: string, wish: KeyWish) {
      const keyId = `lk_${randomBytes(12).toString('base64url')}`
      const made = make(keyId, wish)
      await inTx(db, async (tx) => {
        const partner = await lock(tx, id)
        const at = clock.now()
        await sql.endExpired(tx, id, at)
        const taken = await sql.listSlotsTaken(tx, id)
        const slot = SLOTS.find((each) => !taken.includes(each)) ?? refuse(keysFull)
        const expiresAt = secondsAfter(at, wish.validDays * DAY_S)
        const { algorithm } = wish
        const stamp = { createdAt: at, createdBy: signature(call.actor), expiresAt }
        await sql.insertKey(tx, { ...made, ...stamp, id: keyId, partnerId: id, slot, algorithm })
        const after = { keyId, algorithm, expiresAt }
        await staff.audit(tx, call, { action: 'partners.key_added', ...subjectOf(partner), after })
      })
      return { partner: await show(id), keyId, secret: made.secret }
    },

    async revoke(call: AuditedCall, id: string, keyId: string): Promise<ShownPartner> {
      await inTx(db, async (tx) => {
        const partner = await lock(tx, id)
        const at = clock.now()
        await sql.endExpired(tx, id, at)
        if (!(await sql.endKey(tx, { partnerId: id, keyId, at, by: signature(call.actor) })))
          refuse(keyMissing, { keyId })
        const before = { keyId }
        await staff.audit(tx, call, { action: 'partners.key_revoked', ...subjectOf(partner), before })
      })
      return show(id)
    },
  }
}
export type Clients = ReturnType<typeof createClients>
