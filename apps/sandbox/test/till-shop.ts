/** A shop for one till: believes what is signed with its keys, keeps each receipt once, and can be made to fail. Speaks the wire, knows nothing of the till. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Transport, WireReply } from '@linli/partner-client'
import type { Offer, Pack } from '../src/retail/till/tokens.ts'

export type ChainKey = { id: string; publicKey: string; privateKey: KeyObject }
export const newChainKey = (id: string): ChainKey => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { id, publicKey: privateKey.export({ format: 'jwk' }).x ?? '', privateKey }
}
/** A token as docs/integration.md describes it. */
export const tokenOf = (kind: string, { id, privateKey }: ChainKey, body: Buffer): string => {
  const head = `${kind}.${id}.${body.toString('base64url')}`
  return `${head}.${sign(null, Buffer.from(head), privateKey).toString('base64url')}`
}
const hex = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const seconds = (at: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(Math.floor(at / 1000))
  return bytes
}
export const MEMBER = '0198c0de-0000-7000-8000-000000000001'
export const COUPON = '0198c0de-0000-7000-8000-0000000000c1'
export const TEMPLATE = '0198c0de-0000-7000-8000-0000000000f1'
export const cardAt = (key: ChainKey, at: number): string =>
  tokenOf('LM1', key, Buffer.concat([hex(MEMBER), seconds(at)]))
export const couponAt = (key: ChainKey, at: number, templateId = TEMPLATE, couponId = COUPON): string =>
  tokenOf('LC1', key, Buffer.concat([hex(couponId), hex(MEMBER), hex(templateId), seconds(at)]))

export const OFFER: Offer = {
  templateId: TEMPLATE,
  label: '满10减3',
  steps: [{ atFen: 1000, atPieces: 0, offFen: 300, offBp: 0 }],
  maxOffFen: null,
}
export const packOf = (key: ChainKey, now: number, more: Partial<Pack> = {}) => {
  const pack: Pack = {
    version: '1',
    storeId: 'S01',
    day: '2026-11-23',
    validUntil: new Date(now + 86_400_000).toISOString(),
    keys: [{ id: key.id, publicKey: key.publicKey }],
    cardGoodSeconds: 60,
    couponGoodSeconds: 300,
    coupons: [OFFER],
    ...more,
  }
  const payload = JSON.stringify(pack)
  return {
    payload,
    signature: tokenOf('LD1', key, createHash('sha256').update(payload).digest()),
    keys: pack.keys,
  }
}

export type Sent = { kind: string; posTxnId: string; returnOf?: string }
export type Shop = {
  send: Transport
  key: ChainKey
  /** Receipts as they are kept, each once, in the order of their arrival. */
  kept: Sent[]
  /** Every request that arrived. */
  heard: string[]
  nonces: string[]
  /** What the next upload gets in place of an answer. */
  fail: (WireReply | 'answer_lost')[]
  deaf: boolean
}

const KEY_FILE = {
  origin: 'http://127.0.0.1:1',
  till: { keyId: 'lk_0123456789abcdef', secret: 'nobody knows it' },
}
/** Puts a key where the demo puts it. */
export const giveKey = async (dataDir: string, keyId = KEY_FILE.till.keyId): Promise<void> => {
  await mkdir(path.join(dataDir, 'sandbox'), { recursive: true })
  const file = { ...KEY_FILE, till: { ...KEY_FILE.till, keyId } }
  await writeFile(path.join(dataDir, 'sandbox/partners.json'), JSON.stringify(file))
}

export const openTestShop = (now: () => number): Shop => {
  const shop: Shop = {
    key: newChainKey('k1aaaa'),
    kept: [],
    heard: [],
    nonces: [],
    fail: [],
    deaf: false,
    send: async ({ method, url, headers, body }) => {
      if (shop.deaf) throw new Error('nobody there')
      shop.heard.push(`${method} ${url.split('?')[0] ?? ''}`)
      shop.nonces.push(headers['linli-nonce'] ?? '')
      if (url.startsWith('/partner/v1/till/day-pack')) return { status: 200, body: packOf(shop.key, now()) }
      if (url === '/partner/v1/me') return { status: 200, body: {} }
      if (url !== '/partner/v1/till/sales') return { status: 200, body: { benefits: 'REVERSED' } }
      const failure = shop.fail.shift()
      if (failure !== undefined && failure !== 'answer_lost') return failure
      const { sales } = JSON.parse(
        typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString(),
      ) as { sales: Sent[] }
      const items = sales.map((sale) => {
        const known = shop.kept.some(({ posTxnId }) => posTxnId === sale.posTxnId)
        if (!known) shop.kept.push(sale)
        return { posTxnId: sale.posTxnId, outcome: known ? 'repeat' : 'recorded', code: null, conflicts: [] }
      })
      if (failure === 'answer_lost') throw new Error('the answer was lost')
      return { status: 200, body: { items } }
    },
  }
  return shop
}
