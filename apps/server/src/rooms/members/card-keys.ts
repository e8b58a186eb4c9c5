import { randomInt } from 'node:crypto'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { newSigningPair, type PublicKey, type SigningKey, signingKeyOf } from '#kernel/signed-token'
import * as sql from './card-keys.sql.ts'
import { dueKeys } from './key-ages.ts'

/** A public key with the span in which what it signed is good. */
export interface CardKey extends PublicKey {
  signsFrom: Date
  /** Null: it is not retired. */
  until: Date | null
}
export interface CardKeys {
  /** The key that signs now. */
  signing(): SigningKey
  /** Keys that sign, will sign, or signed something that may still be about. */
  list(): CardKey[]
  /** Makes the next key and retires old ones, when it is time. */
  rotate(): Promise<void>
}

const newKeyId = (): string =>
  randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0')

/** The chain's keys in memory. A key that does not open (another master secret) signs nothing, and a new one takes its place. */
export async function keepCardKeys(
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets' | 'listener' | 'log'>,
): Promise<CardKeys> {
  const { db, clock, secrets, listener, log } = ctx
  const context = (id: string): string => `chain_key:${id}`
  const opened = new Map<string, SigningKey | null>()
  let rows: readonly sql.KeyRow[] = []

  function open({ id, publicKey, sealed }: sql.KeyRow): SigningKey | null {
    const known = opened.get(id)
    if (known !== undefined) return known
    let key: SigningKey | null = null
    try {
      key = signingKeyOf(id, publicKey, secrets.open(sealed, context(id)))
    } catch (error) {
      log.error({ err: error, keyId: id }, 'a key of the chain does not open')
    }
    opened.set(id, key)
    return key
  }
  const reload = oneAtATime(async () => {
    rows = await sql.listKeys(db)
  })
  const rotate = async (): Promise<void> => {
    const now = clock.now()
    await inTx(db, async (tx) => {
      await sql.lockKeys(tx)
      const mine = (await sql.listKeys(tx)).filter((row) => open(row) !== null)
      const { next, retire } = dueKeys(mine, now)
      for (const id of retire) await sql.retireKey(tx, id, now)
      if (!next) return
      const id = newKeyId()
      const { publicKey, secret } = newSigningPair()
      const sealed = secrets.seal(secret, context(id))
      await sql.insertKey(tx, { id, publicKey, sealed, createdAt: now, signsFrom: next.signsFrom })
    })
    await reload()
  }
  const again = untilFresh(reload, (error) => {
    log.error({ err: error }, 'keys of the chain could not be read again')
  })
  await listener.on('chain_keys', again)
  listener.onReconnect(again)
  await rotate()

  return {
    rotate,
    signing() {
      const now = clock.now()
      for (const row of rows) {
        const key = row.retiredAt === null && row.signsFrom <= now ? open(row) : null
        if (key) return key
      }
      throw new Error('the chain has no key to sign with')
    },
    list: () =>
      rows
        .filter(({ retiredAt }) => retiredAt === null || retiredAt > clock.now())
        .map(({ id, publicKey, signsFrom, retiredAt }) => ({ id, publicKey, signsFrom, until: retiredAt })),
  }
}
