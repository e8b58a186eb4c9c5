/**
 * Keys and names of the pretended merchant and of the pretended platform. Made once, at the first start, and kept in
 * the data folder; nothing here is or ever was a real key.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { selfSigned } from './certificate.ts'
import { newDigits, newHex } from './ids.ts'
import { pickedTemplates } from './wx/templates.ts'

/** One key the platform signs with, under the name it puts in `Wechatpay-Serial`. */
export type PlatformKey = {
  id: string
  privateKey: KeyObject
  publicKeyPem: string
  certificatePem: string | null
}

export type Keys = {
  appId: string
  appSecret: string
  mchId: string
  merchantSerial: string
  merchantPublicKey: KeyObject
  merchantPrivateKeyPem: string
  apiV3Key: string
  /** Public-key mode, the default for merchants since late 2024. */
  publicKey: PlatformKey
  /** Platform-certificate mode, still met during a migration. */
  certificate: PlatformKey
  alipay: AlipayKeys
  /** Signs what passes between the product and the gateway for text messages. */
  smsSecret: string
}

/** The pretended merchant's app at the pretended Alipay: each side signs with a key of its own. */
export type AlipayKeys = {
  appId: string
  sellerId: string
  appPrivateKeyPem: string
  appPublicKey: KeyObject
  privateKey: KeyObject
  publicKeyPem: string
}

type StoredAlipayKeys = { appId: string; sellerId: string; appPrivatePem: string; alipayPrivatePem: string }

/** What `keys.json` keeps; the PEM texts are turned into key objects once, when it is read. */
type StoredKeys = {
  appId: string
  appSecret: string
  mchId: string
  merchantSerial: string
  merchantPrivateKeyPem: string
  apiV3Key: string
  publicKeyId: string
  publicKeyPrivatePem: string
  certificateSerial: string
  certificatePrivatePem: string
  certificatePem: string
  /** Missing in folders that are older than the pretended Alipay. */
  alipay?: StoredAlipayKeys
}

/** The file the product reads to know its app at the sandbox's Alipay. */
export type AlipayFile = {
  appId: string
  sellerId: string
  appPrivateKeyPem: string
  alipayPublicKeyPem: string
  gatewayUrl: string
  pageUrl: string
  sandbox: true
}

/** The file the product reads to know its sandbox merchant. */
export type MerchantFile = {
  appId: string
  appSecret: string
  mchId: string
  merchantSerial: string
  merchantPrivateKeyPem: string
  apiV3Key: string
  platformKeys: { id: string; publicKeyPem: string }[]
  wxpayBaseUrl: string
  wxBaseUrl: string
  cashierUrl: string
  /** State ids of the service card for goods that are collected. */
  cards: { paid: number; ready: number; collected: number; refunded: number }
  /** By kind of message: the template, and the product's field for each keyword of it. */
  subscribeTemplates: Record<string, { id: string; fields: Record<string, string> }>
  sandbox: true
}

const CERTIFICATE_YEARS = 5
const OWNER_ONLY = 0o600

const newPrivatePem = async (): Promise<string> => {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

const makeAlipayKeys = async (): Promise<StoredAlipayKeys> => {
  const [appPrivatePem, alipayPrivatePem] = await Promise.all([newPrivatePem(), newPrivatePem()])
  return {
    appId: `2021${newDigits(12)}`,
    sellerId: `2088${newDigits(12)}`,
    appPrivatePem,
    alipayPrivatePem,
  }
}

const makeKeys = async (now: Date): Promise<StoredKeys> => {
  const [merchantPrivateKeyPem, publicKeyPrivatePem, certificatePrivatePem] = await Promise.all([
    newPrivatePem(),
    newPrivatePem(),
    newPrivatePem(),
  ])
  const certificateSerial = `5${newHex(39)}`
  const until = new Date(now)
  until.setUTCFullYear(now.getUTCFullYear() + CERTIFICATE_YEARS)
  return {
    appId: `wx${newHex(16).toLowerCase()}`,
    appSecret: newHex(32).toLowerCase(),
    mchId: `190000${newDigits(4)}`,
    merchantSerial: `5${newHex(39)}`,
    merchantPrivateKeyPem,
    apiV3Key: newHex(32),
    publicKeyId: `PUB_KEY_ID_0${newDigits(31)}`,
    publicKeyPrivatePem,
    certificateSerial,
    certificatePrivatePem,
    certificatePem: selfSigned(
      createPrivateKey(certificatePrivatePem),
      certificateSerial,
      'WeChat Pay Sandbox Platform',
      now,
      until,
    ),
  }
}

const publicPem = (privatePem: string): string =>
  createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString()

const toAlipayKeys = (stored: StoredAlipayKeys): AlipayKeys => ({
  appId: stored.appId,
  sellerId: stored.sellerId,
  appPrivateKeyPem: stored.appPrivatePem,
  appPublicKey: createPublicKey(stored.appPrivatePem),
  privateKey: createPrivateKey(stored.alipayPrivatePem),
  publicKeyPem: publicPem(stored.alipayPrivatePem),
})

const toKeys = (stored: StoredKeys, alipay: StoredAlipayKeys): Keys => ({
  appId: stored.appId,
  appSecret: stored.appSecret,
  mchId: stored.mchId,
  merchantSerial: stored.merchantSerial,
  merchantPublicKey: createPublicKey(stored.merchantPrivateKeyPem),
  merchantPrivateKeyPem: stored.merchantPrivateKeyPem,
  apiV3Key: stored.apiV3Key,
  publicKey: {
    id: stored.publicKeyId,
    privateKey: createPrivateKey(stored.publicKeyPrivatePem),
    publicKeyPem: publicPem(stored.publicKeyPrivatePem),
    certificatePem: null,
  },
  certificate: {
    id: stored.certificateSerial,
    privateKey: createPrivateKey(stored.certificatePrivatePem),
    publicKeyPem: publicPem(stored.certificatePrivatePem),
    certificatePem: stored.certificatePem,
  },
  alipay: toAlipayKeys(alipay),
  // Derived, so that folders which are older than the gateway have one too.
  smsSecret: createHash('sha256').update(`sms ${stored.apiV3Key}`).digest('hex'),
})

/** The sandbox's folder inside the data folder. */
export const sandboxFolder = (dataDir: string): string => path.join(dataDir, 'sandbox')

/** Swaps a whole file in, on disk before it is swapped; nobody but its owner may read it. */
export const writePrivately = async (file: string, content: unknown): Promise<void> => {
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY, flush: true })
  await chmod(draft, OWNER_ONLY)
  await rename(draft, file)
}

/** Reads the keys of this data folder, making them on the first start. */
export const loadKeys = async (dataDir: string): Promise<Keys> => {
  const folder = sandboxFolder(dataDir)
  const file = path.join(folder, 'keys.json')
  // Only our own folder is private: other programs, perhaps under other users, keep theirs beside it.
  await mkdir(dataDir, { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const known = text === null ? null : (JSON.parse(text) as StoredKeys)
  if (known?.alipay) return toKeys(known, known.alipay)
  const [stored, alipay] = await Promise.all([known ?? makeKeys(new Date()), makeAlipayKeys()])
  await writePrivately(file, { ...stored, alipay })
  return toKeys(stored, alipay)
}

/** What the product needs to know, with the addresses this process is reachable at. */
export const merchantFile = (keys: Keys, apiOrigin: string, publicOrigin: string): MerchantFile => ({
  appId: keys.appId,
  appSecret: keys.appSecret,
  mchId: keys.mchId,
  merchantSerial: keys.merchantSerial,
  merchantPrivateKeyPem: keys.merchantPrivateKeyPem,
  apiV3Key: keys.apiV3Key,
  platformKeys: [keys.publicKey, keys.certificate].map(({ id, publicKeyPem }) => ({ id, publicKeyPem })),
  wxpayBaseUrl: `${apiOrigin}/wxpay`,
  wxBaseUrl: `${apiOrigin}/wx`,
  cashierUrl: `${publicOrigin}/cashier`,
  cards: { paid: 2, ready: 3, collected: 4, refunded: 5 },
  subscribeTemplates: pickedTemplates(),
  sandbox: true,
})

/** Writes `merchant.json` (mode 0600) for the product to read. */
export const writeMerchantFile = (dataDir: string, content: MerchantFile): Promise<void> =>
  writePrivately(path.join(sandboxFolder(dataDir), 'merchant.json'), content)

/** The same for Alipay. */
export const alipayFile = (
  { alipay }: Keys,
  origins: { apiOrigin: string; publicOrigin: string },
): AlipayFile => ({
  appId: alipay.appId,
  sellerId: alipay.sellerId,
  appPrivateKeyPem: alipay.appPrivateKeyPem,
  alipayPublicKeyPem: alipay.publicKeyPem,
  gatewayUrl: `${origins.apiOrigin}/alipay/gateway.do`,
  pageUrl: `${origins.publicOrigin}/alipay/gateway.do`,
  sandbox: true,
})

/** Writes `alipay.json` (mode 0600) for the product to read. */
export const writeAlipayFile = (dataDir: string, content: AlipayFile): Promise<void> =>
  writePrivately(path.join(sandboxFolder(dataDir), 'alipay.json'), content)

/** The same for the gateway of text messages. */
export const writeSmsFile = (dataDir: string, { smsSecret }: Keys, apiOrigin: string): Promise<void> =>
  writePrivately(path.join(sandboxFolder(dataDir), 'sms.json'), {
    url: `${apiOrigin}/sms/messages`,
    secret: smsSecret,
    signature: '襄惠生活超市',
    sandbox: true,
  })
