// Bills come as bytes that nobody signed: where they are asked from, how, and what becomes of an answer that is none.
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import type { WechatConfig } from '#kernel/config'
import { createWxpay } from './wxpay-api.ts'
import type { Ports } from './trying.ts'
import { ProviderFault } from './provider-fault.ts'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const NOW = new Date('2026-03-01T04:00:00Z')
const CONFIG: WechatConfig = {
  appId: 'wx0000000000000001',
  appSecret: 'x',
  mchId: '1900000001',
  merchantSerial: '5A1B',
  merchantPrivateKeyPem: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  apiV3Key: '0123456789abcdef0123456789abcdef',
  platformKeys: [
    {
      id: 'PUB_KEY_ID_1',
      publicKeyPem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  ],
  wxpayBaseUrl: 'https://pay.example.com/wxpay',
  wxBaseUrl: 'https://pay.example.com/wx',
}

function signed(status: number, body: object): Response {
  const text = JSON.stringify(body)
  const seconds = String(NOW.getTime() / 1000)
  const signature = sign('sha256', Buffer.from(`${seconds}\nN\n${text}\n`), platform.privateKey).toString(
    'base64',
  )
  return new Response(text, {
    status,
    headers: {
      'wechatpay-timestamp': seconds,
      'wechatpay-nonce': 'N',
      'wechatpay-serial': 'PUB_KEY_ID_1',
      'wechatpay-signature': signature,
    },
  })
}
function client(answer: () => Response) {
  const sent: { url: URL; headers: Headers }[] = []
  const ports: Ports = {
    clock: { stamp: () => NOW },
    fetch: async (url, init = {}) => {
      sent.push({ url: new URL(url instanceof Request ? url.url : url), headers: new Headers(init.headers) })
      return answer()
    },
    nonce: () => 'NONCE',
    pause: async () => {},
    chance: () => 0,
  }
  return { wxpay: createWxpay(CONFIG, 'https://shop.example.com', ports), sent }
}
const offer = (over: object = {}) => ({
  hash_type: 'SHA1',
  hash_value: 'a'.repeat(40),
  download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
  ...over,
})
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof ProviderFault ? `${error.kind} ${error.code}` : String(error)),
  )

test('a bill is asked for by day, whole and zipped', async () => {
  const { wxpay, sent } = client(() => signed(200, offer()))
  assert.deepEqual(await wxpay.bill('trade', '2026-02-28'), {
    sha1: 'a'.repeat(40),
    url: offer().download_url,
  })
  assert.equal(
    sent[0]?.url.pathname + (sent[0]?.url.search ?? ''),
    '/wxpay/v3/bill/tradebill?bill_type=ALL&tar_type=GZIP&bill_date=2026-02-28',
  )
})

test('no bill yet, no bill at all, and a refusal of another kind are three things', async () => {
  const answers = { STATEMENT_CREATING: 'creating', NO_STATEMENT_EXIST: 'none' } as const
  for (const [code, expected] of Object.entries(answers))
    assert.equal(await client(() => signed(400, { code })).wxpay.bill('funds', '2026-02-28'), expected)
  const refused = client(() => signed(403, { code: 'NO_AUTH' })).wxpay.bill('trade', '2026-02-28')
  assert.equal(await codeOf(refused), 'refused NO_AUTH')
})

test('our signature goes to WeChat and nowhere else, whatever a reply says', async () => {
  for (const url of [
    'https://evil.example.com/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com.evil.example.com/file',
    'http://api.mch.weixin.qq.com/v3/billdownload/file',
    'https://evilmch.weixin.qq.com@evil.example.com/',
    'file:///etc/passwd',
    'not an address',
  ])
    assert.equal(
      await codeOf(client(() => signed(200, offer({ download_url: url }))).wxpay.bill('trade', '2026-02-28')),
      'ambiguous UNEXPECTED',
      url,
    )
  const own = 'https://pay.example.com/elsewhere?token=x'
  const { wxpay } = client(() => signed(200, offer({ download_url: own })))
  assert.notEqual(await wxpay.bill('trade', '2026-02-28'), 'none')
})

test('an offer without a hash we can check is no offer', async () => {
  for (const over of [{ hash_type: 'MD5' }, { hash_value: 'short' }, { download_url: undefined }])
    assert.equal(
      await codeOf(client(() => signed(200, offer(over))).wxpay.bill('trade', '2026-02-28')),
      'ambiguous UNEXPECTED',
    )
})

async function all(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('the bytes are asked for with a signature over path and query', async () => {
  const { wxpay, sent } = client(() => new Response('bytes'))
  assert.equal(await all(wxpay.billBytes(offer().download_url)), 'bytes')
  const authorization = sent[0]?.headers.get('authorization') ?? ''
  const signature = /signature="([^"]+)"/.exec(authorization)?.[1] ?? ''
  const message = `GET\n/v3/billdownload/file?token=x\n${NOW.getTime() / 1000}\nNONCE\n\n`
  assert.ok(verify('sha256', Buffer.from(message), merchant.publicKey, Buffer.from(signature, 'base64')))
})

test('an answer that is no file is a fault, with WeChat’s own code where there is one', async () => {
  const fetching = (answer: () => Response) =>
    codeOf(all(client(answer).wxpay.billBytes(offer().download_url)))
  const gone = { code: 'INVALID_REQUEST', message: '已失效' }
  assert.equal(await fetching(() => Response.json(gone, { status: 400 })), 'ambiguous INVALID_REQUEST')
  assert.equal(await fetching(() => new Response('<html>', { status: 502 })), 'ambiguous UNREADABLE')
  assert.equal(await fetching(() => Response.error()), 'ambiguous UNREADABLE')
  assert.equal(
    await fetching(() => {
      throw new TypeError('reset')
    }),
    'ambiguous NO_ANSWER',
  )
})
