import assert from 'node:assert/strict'
import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import type { AlipayConfig } from '#kernel/config'
import { createAlipay } from './alipay-client.ts'
import { ProviderFault } from './provider-fault.ts'
import type { Effort, Ports } from './trying.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()
const CONFIG: AlipayConfig = {
  appId: '2021000000000001',
  sellerId: '2088000000000001',
  appPrivateKeyPem: pem(ours.privateKey),
  alipayPublicKeyPem: pem(theirs.publicKey),
  gatewayUrl: 'https://pay.example.com/gateway.do',
}
const NOW = new Date('2026-03-01T20:30:05Z')
const QUERY = 'alipay.trade.query'
const NAME = 'alipay_trade_query_response'
const ONCE: Effort = { tries: 1, tryMs: 1000, totalMs: 1000 }
const THRICE: Effort = { tries: 3, tryMs: 1000, totalMs: 5000 }

type Sent = { url: URL; body: URLSearchParams }
/** An Alipay whose gateway answers what the test says. */
function playing(answers: readonly (string | Response | Error)[], config = CONFIG) {
  const sent: Sent[] = []
  const ports: Ports = {
    clock: { stamp: () => NOW },
    nonce: () => 'N',
    pause: async () => {},
    chance: () => 0,
    fetch: async (url, init) => {
      const { body } = init ?? {}
      sent.push({
        url: new URL(String(url instanceof Request ? url.url : url)),
        body: new URLSearchParams(typeof body === 'string' ? body : ''),
      })
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? ''
      if (answer instanceof Error) throw answer
      return typeof answer === 'string' ? new Response(answer) : answer
    },
  }
  return { alipay: createAlipay(config, ports), sent }
}
const signed = (text: string, key = theirs.privateKey, algorithm = 'RSA-SHA256'): string =>
  createSign(algorithm).update(text, 'utf8').sign(key, 'base64')
const reply = (content: object, { key = theirs.privateKey, name = NAME } = {}): string => {
  const text = JSON.stringify(content)
  return `{"${name}":${text},"sign":"${signed(text, key)}"}`
}
const PAID = { code: '10000', msg: 'Success', out_trade_no: 'A1', trade_status: 'TRADE_SUCCESS' }
const WAITING = { ...PAID, trade_status: 'WAIT_BUYER_PAY' }
const FAILED = {
  code: '40004',
  msg: 'Business Failed',
  sub_code: 'ACQ.TRADE_NOT_EXIST',
  sub_msg: '交易不存在',
}

async function faultOf(answer: string | Response | Error, effort = ONCE): Promise<string> {
  const { alipay } = playing([answer])
  try {
    return `believed ${JSON.stringify(await alipay.call(QUERY, {}, effort))}`
  } catch (error) {
    assert.ok(error instanceof ProviderFault)
    return `${error.kind} ${error.code}`
  }
}

test('a request carries every common field, Beijing time whatever the process thinks, and a signature over all of it', async (t) => {
  const zone = process.env['TZ']
  t.after(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  for (const tz of ['UTC', 'America/New_York', 'Asia/Shanghai']) {
    process.env['TZ'] = tz
    const { alipay, sent } = playing([reply(WAITING)])
    await alipay.call(QUERY, { out_trade_no: 'A1', subject: '苹果 100% + 梨 & 枣' }, ONCE)
    const [{ url, body }] = sent as [Sent]
    const fields = Object.fromEntries([...url.searchParams, ...body])
    const { sign, ...covered } = fields
    assert.deepEqual(
      { ...covered, biz_content: undefined },
      {
        app_id: CONFIG.appId,
        method: QUERY,
        charset: 'utf-8',
        version: '1.0',
        sign_type: 'RSA2',
        timestamp: '2026-03-02 04:30:05',
        biz_content: undefined,
      },
    )
    assert.deepEqual(JSON.parse(covered['biz_content'] ?? ''), {
      out_trade_no: 'A1',
      subject: '苹果 100% + 梨 & 枣',
    })
    const text = Object.keys(covered)
      .toSorted()
      .map((name) => `${name}=${covered[name]}`)
      .join('&')
    assert.ok(
      createVerify('RSA-SHA256')
        .update(text)
        .verify(ours.publicKey, sign ?? '', 'base64'),
    )
  }
})

test('the address of the cashier is signed too, with where to return and whom to notify', () => {
  const { alipay } = playing([], { ...CONFIG, pageUrl: 'https://cashier.example.com/gateway.do' })
  const urls = {
    notifyUrl: 'https://shop.example.com/hooks',
    returnUrl: 'https://shop.example.com/back?id=1',
  }
  const url = new URL(alipay.pageUrl('alipay.trade.wap.pay', { total_amount: '12.80' }, urls))
  const { sign, ...covered } = Object.fromEntries(url.searchParams)
  assert.equal(url.origin + url.pathname, 'https://cashier.example.com/gateway.do')
  assert.deepEqual([covered['notify_url'], covered['return_url']], [urls.notifyUrl, urls.returnUrl])
  assert.equal(covered['timestamp'], '2026-03-02 04:30:05')
  const text = Object.keys(covered)
    .toSorted()
    .map((name) => `${name}=${covered[name]}`)
    .join('&')
  assert.ok(
    createVerify('RSA-SHA256')
      .update(text)
      .verify(ours.publicKey, sign ?? '', 'base64'),
  )
})

test('a signed answer is read as it is: names keep their underscores', async () => {
  const { alipay } = playing([reply(PAID)])
  assert.deepEqual(await alipay.call(QUERY, {}, ONCE), PAID)
})

test('nothing is believed that Alipay did not sign', async () => {
  const unsigned = [
    JSON.stringify({ [NAME]: PAID }),
    JSON.stringify({ [NAME]: PAID, sign: '' }),
    JSON.stringify({ [NAME]: PAID, sign: 1 }),
    JSON.stringify({ [NAME]: PAID, sign: 'not base64!' }),
    reply(PAID, { key: stranger.privateKey }),
    reply(PAID).replace('TRADE_SUCCESS', 'TRADE_CLOSED!'),
    `{"sign":"${signed(JSON.stringify(PAID))}","${NAME}":${JSON.stringify(PAID)}}`,
  ]
  for (const text of unsigned) assert.equal(await faultOf(text), 'ambiguous UNVERIFIED', text)
})

test('what is read is what was signed: the same name once more, behind an old answer, is not believed', async () => {
  const appended = `${reply(WAITING).slice(0, -1)},"${NAME}":${JSON.stringify(PAID)}}`
  assert.doesNotMatch(await faultOf(appended), /TRADE_SUCCESS/)
})

test('a refusal is one only when signed; what it says unsigned only tells a person what to mend', async () => {
  assert.equal(await faultOf(reply(FAILED)), 'refused ACQ.TRADE_NOT_EXIST')
  assert.equal(await faultOf(JSON.stringify({ [NAME]: FAILED })), 'ambiguous ACQ.TRADE_NOT_EXIST')
  const noApp = { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-app-id' }
  assert.equal(await faultOf(JSON.stringify({ error_response: noApp })), 'ambiguous isv.invalid-app-id')
})

test('20000, troubles of Alipay, another status and what is no answer leave us not knowing', async () => {
  const unclear: [string | Response | Error, string][] = [
    [reply({ code: '20000', msg: 'Service Unavailable', sub_code: 'isp.unknow-error' }), 'isp.unknow-error'],
    [reply({ code: '20000', msg: 'Service Unavailable' }), '20000'],
    [reply({ code: '10003', msg: 'order success pay inprocess' }), '10003'],
    [reply({ code: '40004', msg: 'Business Failed', sub_code: 'ACQ.SYSTEM_ERROR' }), 'ACQ.SYSTEM_ERROR'],
    [reply({ msg: 'no code' }), 'UNREADABLE'],
    [new Response(reply(PAID), { status: 502 }), 'UNREADABLE'],
    ['<html>502 Bad Gateway</html>', 'UNREADABLE'],
    [reply(PAID).slice(0, 40), 'UNREADABLE'],
    [reply(PAID, { name: 'alipay_trade_close_response' }), 'UNREADABLE'],
    ['', 'UNREADABLE'],
    [new Response('x'.repeat(300_000)), 'TOO_LONG'],
    [new TypeError('fetch failed'), 'NO_ANSWER'],
  ]
  for (const [answer, code] of unclear) assert.equal(await faultOf(answer), `ambiguous ${code}`)
})

test('an unclear answer is asked for again with the same content; a refusal is not', async () => {
  const again = playing([new TypeError('fetch failed'), reply({ code: '20000' }), reply(PAID)])
  assert.deepEqual(await again.alipay.call(QUERY, { out_trade_no: 'A1' }, THRICE), PAID)
  assert.deepEqual(
    again.sent.map(({ body }) => body.toString()),
    Array.from({ length: 3 }, () => new URLSearchParams({ biz_content: '{"out_trade_no":"A1"}' }).toString()),
  )
  const refused = playing([reply(FAILED)])
  await assert.rejects(refused.alipay.call(QUERY, {}, THRICE))
  assert.equal(refused.sent.length, 1)
})

test('an answer that does not come is not waited for', async () => {
  const silent = createAlipay(CONFIG, {
    clock: { stamp: () => NOW },
    nonce: () => '',
    pause: async () => {},
    chance: () => 0,
    fetch: (_url, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      }),
  })
  await assert.rejects(
    silent.call(QUERY, {}, { tries: 1, tryMs: 20, totalMs: 50 }),
    (error) => error instanceof ProviderFault && error.code === 'NO_ANSWER',
  )
})

test('a bill is fetched from Alipay alone, and as safely as the gateway is reached whatever its address says', async () => {
  const fetched = async (url: string) => {
    const { alipay, sent } = playing(['the bill'])
    const pieces: Uint8Array[] = []
    for await (const piece of alipay.bytes(url)) pieces.push(piece)
    assert.equal(Buffer.concat(pieces).toString(), 'the bill')
    return sent[0]?.url.href
  }
  assert.equal(
    await fetched('http://dwbillcenter.alipay.com/f?fileId=1'),
    'https://dwbillcenter.alipay.com/f?fileId=1',
  )
  assert.equal(await fetched('https://pay.example.com/f'), 'https://pay.example.com/f')
  for (const url of [
    'https://alipay.com.example.org/f',
    'https://notalipay.com/f',
    'file:///etc/passwd',
    'x',
  ])
    await assert.rejects(
      async () => fetched(url),
      (error) => error instanceof ProviderFault && error.code === 'UNEXPECTED',
      url,
    )
  const { alipay } = playing([new Response('gone', { status: 404 })])
  await assert.rejects(async () => {
    for await (const _ of alipay.bytes('https://pay.example.com/f')) assert.fail('bytes')
  }, ProviderFault)
})
