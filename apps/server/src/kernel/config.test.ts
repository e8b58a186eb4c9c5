import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'linli-config-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
const [ours, theirs] = [keyPair(), keyPair()]
const WECHAT = {
  appId: 'wx1',
  appSecret: 's',
  mchId: '1900000001',
  merchantSerial: '5A',
  merchantPrivateKeyPem: ours.privatePem,
  apiV3Key: '0'.repeat(32),
  platformKeys: [{ id: 'PUB_KEY_ID_1', publicKeyPem: theirs.publicPem }],
  wxpayBaseUrl: 'https://api.mch.weixin.qq.com',
  wxBaseUrl: 'https://api.weixin.qq.com',
}
const ALIPAY = {
  appId: '2021000000000001',
  sellerId: '2088000000000001',
  appPrivateKeyPem: ours.privatePem,
  alipayPublicKeyPem: theirs.publicPem,
  gatewayUrl: 'https://openapi.alipay.com/gateway.do',
}

const kept = (name: string, content: unknown): string => {
  const file = path.join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const environment = (alipay?: unknown): Record<string, string> => ({
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db',
  PUBLIC_ORIGIN: 'https://shop.example.com',
  SECRET_KEY: randomBytes(32).toString('base64'),
  METRICS_TOKEN: '0123456789abcdef',
  WECHAT_FILE: kept('wechat.json', WECHAT),
  ...(alipay === undefined ? {} : { ALIPAY_FILE: kept('alipay.json', alipay) }),
})
const faultsOf = (alipay: unknown): string => {
  try {
    readConfig(environment(alipay))
    return 'none'
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.faults.join('; ')
  }
}

test('without its file there is no Alipay; with a whole one there is', () => {
  assert.equal(readConfig(environment()).alipay, undefined)
  assert.deepEqual(readConfig(environment(ALIPAY)).alipay, ALIPAY)
})

test('half a file of Alipay is no Alipay: every fault is named', () => {
  const faults = faultsOf({ appId: '1', sellerId: ALIPAY.sellerId })
  for (const name of ['appId', 'appPrivateKeyPem', 'alipayPublicKeyPem', 'gatewayUrl'])
    assert.match(faults, new RegExp(`ALIPAY_FILE.*${name}`))
  assert.match(faultsOf('{'), /ALIPAY_FILE: cannot be read/)
})

test("the app's own public key in the place of Alipay's is found out, and so is a key that is none", () => {
  assert.match(faultsOf({ ...ALIPAY, alipayPublicKeyPem: ours.publicPem }), /not the one of Alipay/)
  const none = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
  assert.match(faultsOf({ ...ALIPAY, appPrivateKeyPem: none }), /a key cannot be read/)
})

test('production refuses the keys and addresses of the sandbox', () => {
  assert.match(faultsOf({ ...ALIPAY, sandbox: true }), /sandbox keys or addresses are refused/)
  assert.match(
    faultsOf({ ...ALIPAY, gatewayUrl: 'http://127.0.0.1:4001/alipay/gateway.do' }),
    /refused in production; .*must be https/,
  )
  assert.match(faultsOf({ ...ALIPAY, pageUrl: 'http://pay.example.com/gateway.do' }), /must be https/)
})
