// Walks every route of the contract with bad input: refused with a named problem, and nothing changes. A new route is covered by being declared.
import { allRoutes, type Route } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openPartner, signedHeaders, type TestPartner } from '../partner.ts'
import { openWorld, type World } from '../world.ts'
import { sampleOf, spoil } from './samples.ts'

interface Wire {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer
  /** To be signed as a partner does. */
  signed?: boolean
}

let world: World
let tokens: { member: string; hq: string; clerk: string }
let partner: TestPartner
let untouched: string

before(async () => {
  world = await openWorld()
  tokens = {
    member: (await world.member('shopper-0001')).token,
    hq: await world.staffToken('hq', 'console'),
    clerk: await world.staffToken('clerk01', 'floor'),
  }
  partner = await openPartner(world)
  untouched = await world.fingerprint()
})
after(async () => {
  const end = await world.fingerprint()
  await world.close()
  assert.equal(end, untouched, 'bad input changed something in the database')
})

const tokenFor = (route: Route): string | undefined =>
  route.access === 'member'
    ? tokens.member
    : route.access === 'console'
      ? tokens.hq
      : route.access === 'staff'
        ? tokens.clerk
        : undefined

function wireOf(key: string, route: Route, query = ''): Wire {
  const [method = 'GET', path = '/'] = key.split(' ')
  const params = (route.params ? sampleOf(route.params) : {}) as Record<string, string>
  const bearer = tokenFor(route)
  return {
    method: method as Wire['method'],
    url: path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'x') + query,
    headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    ...(route.access === 'partner' ? { signed: true } : {}),
  }
}

async function refused(
  { signed, ...wire }: Wire,
  what: string,
  statuses: readonly number[] = [400],
): Promise<void> {
  const headers = signed
    ? { ...wire.headers, ...signedHeaders(partner, { ...wire, body: wire.payload }) }
    : (wire.headers ?? {})
  const reply = await world.linli.http.app.inject({ ...wire, headers })
  assert.ok(
    statuses.includes(reply.statusCode),
    `${wire.method} ${wire.url} · ${what}: ${reply.statusCode} ${reply.body.slice(0, 300)}`,
  )
  const body = reply.json<{ code: string; requestId: string; status: number; detail: string }>()
  assert.match(body.code, /^[a-z]+\.[a-z0-9_]+$/, what)
  assert.ok(body.requestId && body.detail && body.status === reply.statusCode, what)
  assert.doesNotMatch(
    reply.body,
    /\bat .*\.ts|node_modules|select |insert /i,
    `${what}: speaks of our insides`,
  )
}

const json = (wire: Wire, payload: string | Buffer): Wire => ({
  ...wire,
  payload,
  headers: { ...wire.headers, 'content-type': 'application/json' },
})

/** What a query must have, whatever the body. */
function needed({ query }: Route): string {
  const { required = [], properties = {} }: { required?: string[]; properties?: Record<string, object> } =
    query ?? {}
  const said = new URLSearchParams()
  for (const name of required) said.set(name, String(sampleOf(properties[name] ?? {})))
  return said.size === 0 ? '' : `?${said.toString()}`
}

for (const [key, route] of Object.entries(allRoutes) as [string, Route][]) {
  describe(key, () => {
    if (route.access !== 'public' && route.access !== 'hook') {
      test('without a session, with garbage, and with a session of another kind', async () => {
        const { headers: _, signed: _signed, ...bare } = wireOf(key, route)
        await refused(bare, 'no token', [401])
        for (const bearer of ['x', 'a.b.c.d.e', `${tokens.member}x`])
          await refused({ ...bare, headers: { authorization: `Bearer ${bearer}` } }, bearer, [401])
        const foreign = route.access === 'member' ? tokens.hq : tokens.member
        await refused(
          { ...bare, headers: { authorization: `Bearer ${foreign}` } },
          'foreign session',
          [401, 403],
        )
      })
    }
    if (route.permission && route.access === 'console') {
      test('without the permission', async () => {
        await refused(
          { ...wireOf(key, route), headers: { authorization: `Bearer ${tokens.clerk}` } },
          'clerk',
          [401, 403],
        )
      })
    }
    test('unknown and repeated query parameters', async () => {
      const wire = wireOf(key, route, '?unheardOf=1')
      await refused(
        route.body ? json(wire, JSON.stringify(sampleOf(route.body))) : wire,
        'unknown query',
        route.access === 'hook' ? [400, 401] : [400],
      )
    })
    if (route.query) {
      test('spoilt query', async () => {
        for (const [name, schema] of Object.entries(route.query?.properties ?? {})) {
          for (const { what, value } of spoil(schema, sampleOf(schema), name)) {
            if (value === null || typeof value === 'object') continue
            // What a URL carries is text: 7 and "7" are the same there, and so are true and "true".
            const text = typeof value === 'string' ? value : JSON.stringify(value)
            if (fitsAsText(schema, text)) continue
            await refused(wireOf(key, route, `?${name}=${encodeURIComponent(text)}`), what)
          }
        }
      })
    }
    if (route.params) {
      test('spoilt path', async () => {
        const [method = 'GET', path = '/'] = key.split(' ')
        for (const bad of ['x', '%00', "1'or'1'='1", '..%2f..%2fetc', '%F0%9F%8D%8E']) {
          const wire = {
            ...wireOf(key, route),
            method: method as Wire['method'],
            url: path.replace(/:(\w+)/g, bad),
          }
          await refused(
            route.body ? json(wire, JSON.stringify(sampleOf(route.body))) : wire,
            `path ${bad}`,
            [400],
          )
        }
      })
    }
    if (route.body && route.access !== 'hook') {
      const body = route.body
      test('a spoilt body', async () => {
        for (const { what, value } of spoil(body, sampleOf(body)))
          await refused(json(wireOf(key, route), JSON.stringify(value)), what, [400, 413])
      })
      test('a body that is not JSON, not UTF-8, of another type, or poisoned', async () => {
        const wire = wireOf(key, route)
        for (const text of [
          '',
          '{',
          '[]',
          'null',
          '"text"',
          '7',
          '{"a":1}}',
          '{"__proto__":{"x":1}}',
          '{"constructor":{"prototype":{}}}',
        ])
          await refused(json(wire, text), text)
        await refused(json(wire, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), 'not UTF-8')
        await refused(
          { ...json(wire, '{}'), headers: { ...wire.headers, 'content-type': 'text/plain' } },
          'text/plain',
          [415],
        )
        await refused(
          {
            ...json(wire, 'a=1'),
            headers: { ...wire.headers, 'content-type': 'application/x-www-form-urlencoded' },
          },
          'form',
          [415],
        )
        await refused(json(wire, `{"x":"${'x'.repeat(16_000_000)}"}`), '16 MB', [413])
      })
    }
    if (!route.body && !route.bytes && !key.startsWith('GET')) {
      test('a body where none belongs', () => refused(json(wireOf(key, route), '{"unheardOf":1}'), 'body'))
    }
    if (route.bytes) {
      test('bytes of another kind, or too many', async () => {
        const wire = wireOf(key, route, needed(route))
        await refused(
          { ...wire, payload: 'x', headers: { ...wire.headers, 'content-type': 'text/html' } },
          'html',
          [415],
        )
        await refused(
          {
            ...wire,
            payload: Buffer.from('<svg onload=alert(1)>'),
            headers: { ...wire.headers, 'content-type': route.bytes?.types[0] ?? '' },
          },
          'what it is not',
          [404, 422],
        )
        await refused(
          {
            ...wire,
            payload: Buffer.alloc((route.bytes?.maxBytes ?? 0) + 1),
            headers: { ...wire.headers, 'content-type': 'image/png' },
          },
          'too large',
          [413],
        )
      })
    }
    if (route.access === 'hook') {
      test('a callback without a signature changes nothing', async () => {
        for (const payload of ['', '{', '{}', '{"id":"x"}'])
          await refused(json(wireOf(key, route), payload), payload, [400, 401])
      })
    }
  })
}

function fitsAsText(
  schema: {
    type?: string
    enum?: unknown[]
    pattern?: string
    maxLength?: number
    minLength?: number
    minimum?: number
    maximum?: number
  },
  text: string,
): boolean {
  if (schema.enum) return schema.enum.includes(text)
  if (schema.type === 'integer' || schema.type === 'number') {
    const number = Number(text)
    const whole = schema.type === 'number' || Number.isInteger(number)
    return (
      text !== '' &&
      !Number.isNaN(number) &&
      whole &&
      number >= (schema.minimum ?? -Infinity) &&
      number <= (schema.maximum ?? Infinity)
    )
  }
  if (schema.type === 'boolean') return text === 'true' || text === 'false' || text === '1' || text === '0'
  if (text.length > (schema.maxLength ?? Infinity) || text.length < (schema.minLength ?? 0)) return false
  return !schema.pattern || new RegExp(schema.pattern, 'u').test(text)
}
