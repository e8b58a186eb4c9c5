// Walks every route of the contract with ids that belong to somebody else: another member's, another store's. They do not exist, or are out of scope,
// and nothing changes. A new route is covered by being declared.
import { allRoutes, type Route } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { paid } from '../payments/purchase.ts'
import { order } from '../shopping.ts'
import { openWorld, type World } from '../world.ts'
import { sampleOf } from './samples.ts'

let world: World
let ids: Record<string, string>
let tokens: Partial<Record<Route['access'], string>>
let untouched: string
before(async () => {
  world = await openWorld()
  const owner = await world.member('shopper-0001')
  const bought = await paid(world, owner)
  await order(owner)
  const { id: addressId } = await owner.api('POST /v1/me/addresses', {
    body: sampleOf(allRoutes['POST /v1/me/addresses'].body) as never,
  })
  ids = { orderId: bought.orderId, addressId, storeId: 'S01' }
  tokens = {
    member: (await world.member('shopper-0002')).token,
    console: await world.staffToken('s02', 'console'),
    staff: await world.staffToken('clerk02', 'floor'),
  }
  untouched = await world.fingerprint()
})
after(async () => {
  const end = await world.fingerprint()
  await world.close()
  assert.equal(end, untouched, 'somebody else changed something')
})

const isTheirs = (access: Route['access'], name: string): boolean =>
  access === 'member' ? ['orderId', 'addressId'].includes(name) : ['orderId', 'storeId'].includes(name)

type Part = 'params' | 'query' | 'body'
const fieldsOf = (route: Route, part: Part): string[] => {
  const { properties = {} }: { properties?: object } = route[part] ?? {}
  return Object.keys(properties)
}

/** Fills a sample with the ids that belong to others; undefined when the route names none. */
function foreign(route: Route, part: Part): Record<string, string> | undefined {
  const names = fieldsOf(route, part).filter((name) => isTheirs(route.access, name))
  if (names.length === 0) return undefined
  const sample = part === 'query' ? {} : (sampleOf(route[part] as never) as Record<string, string>)
  return { ...sample, ...Object.fromEntries(names.map((name) => [name, ids[name] ?? ''])) }
}

/** What a query must have, whoever asks. */
function needed({ query }: Route): Record<string, string> {
  const { required = [], properties = {} }: { required?: string[]; properties?: Record<string, object> } =
    query ?? {}
  return Object.fromEntries(required.map((name) => [name, String(sampleOf(properties[name] ?? {}))]))
}

const guarded = (Object.entries(allRoutes) as [string, Route][]).filter(
  ([, route]) =>
    ['member', 'console', 'staff'].includes(route.access) &&
    !route.bytes &&
    (['params', 'query', 'body'] as const).some((part) =>
      fieldsOf(route, part).some((name) => isTheirs(route.access, name)),
    ),
)
test('there is something to walk', () => assert.ok(guarded.length > 15, `${guarded.length} routes`))

for (const [key, route] of guarded)
  test(key, async () => {
    const [method = 'GET', path = ''] = key.split(' ')
    const params =
      foreign(route, 'params') ?? (route.params ? (sampleOf(route.params) as Record<string, string>) : {})
    const query = { ...needed(route), ...foreign(route, 'query') }
    const body = foreign(route, 'body') ?? (route.body ? sampleOf(route.body) : undefined)
    const reply = await world.linli.http.app.inject({
      method: method as 'GET',
      url:
        path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '') +
        `?${new URLSearchParams(query).toString()}`,
      headers: {
        authorization: `Bearer ${tokens[route.access]}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    assert.ok([403, 404].includes(reply.statusCode), `${reply.statusCode} ${reply.body.slice(0, 200)}`)
  })
