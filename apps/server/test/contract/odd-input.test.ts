// Walks every route of the contract with input that fits and that nobody would type. Whatever the answer, it is never "our fault".
import { allRoutes, type Route } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { openPartner, signedHeaders, type TestPartner } from '../partner.ts'
import { openWorld, type World } from '../world.ts'
import { sampleOf } from './samples.ts'

let world: World
let tokens: Partial<Record<Route['access'], string>>
let partner: TestPartner
before(async () => {
  world = await openWorld()
  tokens = {
    member: (await world.member('shopper-0001')).token,
    console: await world.staffToken('hq', 'console'),
    staff: await world.staffToken('clerk01', 'floor'),
  }
  partner = await openPartner(world)
})
after(() => world.close())

const cursor = (text: string) => Buffer.from(text).toString('base64url')
const TEXTS = [
  'a\u0000b',
  '\ud800',
  '\u202eabc\u2066',
  "'; drop table orders; --",
  '100%_\\',
  '{"a":1}',
  '   ',
  '\n',
  '😀👨‍👩‍👧‍👦',
  '0',
  '-1',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '24:00',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-02-30T00:00:00Z',
  '2026-11-22T08:00:00.000+24:00',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '00000000-0000-0000-0000-000000000000',
  cursor('0000-01-01T00:00:00.000Z 01900000-0000-7000-8000-000000000000'),
  cursor(`2026-01-01T00:00:00.000Z ${'-'.repeat(36)}`),
  cursor('[1,2]'),
  cursor('{"id":"x","key":[1e999]}'),
  cursor('["price",null,"x"]'),
  'LL1.AAAAAAAAAAAAAAAAAAAAAA.zzzzzzzzzz.AAAAAAAAAAAAAAAA',
  '9999999999999999',
  '6999911000015',
  'Z9999',
]
const sizes = ({ maxLength = 0 }: { maxLength?: number }) =>
  maxLength > 0 ? ['x'.repeat(maxLength), '好'.repeat(maxLength), '😀'.repeat(Math.floor(maxLength / 2))] : []

/** Values of a schema that fit it, one oddity at a time, down to the leaves. */
function* odd(schema: TSchema, value: unknown): Generator {
  const {
    type,
    properties = {},
    items,
    maxItems,
    minimum,
    maximum,
  } = schema as {
    type?: string
    properties?: Record<string, TSchema>
    items?: TSchema
    maxItems?: number
    minimum?: number
    maximum?: number
    maxLength?: number
  }
  if (type === 'object' && typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(properties))
      for (const inner of odd(each, (value as Record<string, unknown>)[name]))
        yield { ...value, [name]: inner }
    return
  }
  if (type === 'array' && items && Array.isArray(value)) {
    for (const inner of odd(items, value[0])) yield [inner]
    if (maxItems) yield Array.from({ length: maxItems }, () => value[0])
    return
  }
  const tries: unknown[] =
    type === 'string'
      ? [...TEXTS, ...sizes(schema)]
      : [minimum, maximum, 0, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1]
  for (const each of tries) if (each !== undefined && Value.Check(schema, each)) yield each
}

const query = (value: unknown): string =>
  `?${new URLSearchParams(
    Object.entries(value as Record<string, unknown>).map(([name, each]): [string, string] => [
      name,
      String(each),
    ]),
  ).toString()}`

/** The requests of one route: odd in its path, in its query, or in its body. */
function* requests(key: string, route: Route) {
  const [method = 'GET', path = ''] = key.split(' ')
  const fill = (params: unknown) =>
    path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown>)[name]).toWellFormed()),
    )
  const plain = fill(route.params ? sampleOf(route.params) : {})
  const body = route.body && route.access !== 'hook' && !route.bytes ? sampleOf(route.body) : undefined
  const url = { method: method as 'GET', body }
  if (route.params)
    for (const each of odd(route.params, sampleOf(route.params))) yield { ...url, url: fill(each) }
  if (route.query)
    for (const [name, schema] of Object.entries(route.query.properties ?? {}))
      for (const each of odd(schema, sampleOf(schema))) yield { ...url, url: plain + query({ [name]: each }) }
  if (route.body && body !== undefined)
    for (const each of odd(route.body, body)) yield { ...url, url: plain, body: each }
}

for (const [key, route] of Object.entries(allRoutes) as [string, Route][])
  // A sign-out or a new password would end the session that asks.
  if (!route.stream && !/sessions\/current|password/.test(key))
    test(key, async () => {
      const token = tokens[route.access]
      for (const { method, url, body } of requests(key, route)) {
        const payload = body === undefined ? undefined : JSON.stringify(body)
        const headers = {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...(route.access === 'partner' ? signedHeaders(partner, { method, url, body: payload }) : {}),
        }
        const reply = await world.linli.http.app.inject({
          method,
          url,
          headers,
          ...(payload === undefined ? {} : { payload }),
        })
        assert.ok(reply.statusCode !== 500, `${url} ${JSON.stringify(body)?.slice(0, 300)}: ${reply.body}`)
      }
    })

test('addresses that are none · 400, named like every refusal', async () => {
  for (const url of ['/v1/stores/%zz', '/v1/stores/%E0%A4%A', `/v1/stores/${'x'.repeat(300)}`]) {
    const reply = await world.linli.http.app.inject({ method: 'GET', url })
    assert.equal(reply.statusCode, 400)
    assert.equal(reply.json<{ code: string }>().code, 'request.invalid')
  }
})

test('half of a character is no text: 400 not_utf8; written-out escapes and whole pairs are', async () => {
  const rename = (nickname: string) =>
    world.linli.http.app.inject({
      method: 'PUT',
      url: '/v1/me/nickname',
      headers: { authorization: `Bearer ${tokens.member}`, 'content-type': 'application/json' },
      payload: `{"nickname":"${nickname}"}`,
    })
  for (const half of ['\\ud800', '\\uDC00', '\\ude00\\ud83d', '\\\\\\ud800']) {
    const reply = await rename(half)
    assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [400, 'request.not_utf8'], half)
  }
  for (const whole of ['\\ud83d\\ude00', '\\\\ud800'])
    assert.equal((await rename(whole)).statusCode, 200, whole)
})

test('a request that never arrives whole is let go', () => {
  const { requestTimeout, headersTimeout } = world.linli.http.app.server
  for (const ms of [requestTimeout, headersTimeout]) assert.ok(ms > 0 && ms <= 60_000, `${ms} ms`)
})
