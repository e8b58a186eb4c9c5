/** Fetches the pack for days without a line, and says whose signature this till believes. */
import { readKey } from './key.ts'
import { ask } from './shop.ts'
import { heardOf, packOf, refuse } from './till.ts'
import type { Till } from './till.ts'
import { readPack } from './tokens.ts'
import type { PublicKey } from './tokens.ts'

const FRESH_MS = 3_600_000

/** Is there a pack of the last hour, for this store? */
export const isFresh = (till: Till): boolean => {
  const { pack } = till.book
  return pack !== null && packOf(till) !== null && till.now() - Date.parse(pack.fetchedAt) < FRESH_MS
}

/**
 * Keys that the pack may be signed with: those that a pack said which this till believed. The first one is believed because it came over a line that our
 * key opens; so is the first one under another key of ours, which is how a person says that everything begins anew.
 */
const believed = ({ book }: Till, under: string, offered: readonly PublicKey[]): readonly PublicKey[] =>
  book.trust?.under === under ? book.trust.keys : offered

/** Fetches a pack and keeps it, if it is what it says; the old one stays otherwise. Answers whether the shop was heard. */
export const fetchPack = async (till: Till): Promise<boolean> => {
  const { book, now } = till
  const { storeId } = book.place
  const [key, api] = [await readKey(till.dataDir), await till.shop()]
  if (!key || !api) return false
  const heard = heardOf(till, await ask(() => api('GET /partner/v1/till/day-pack', { query: { storeId } })))
  if (heard.kind === 'refused') till.trouble = heard.code
  if (heard.kind !== 'answer') return false
  const { payload, signature, keys } = heard.answer
  const read = readPack({ payload, signature }, believed(till, key.keyId, keys), { storeId, now: now() })
  if (!read.ok) return refuse('pack_wrong', `离线包不能用（${read.fault}）：还用原来那一份`, 502)
  book.trust = { under: key.keyId, keys: read.value.keys }
  book.pack = { payload, signature, fetchedAt: new Date(now()).toISOString() }
  await till.save()
  return true
}
