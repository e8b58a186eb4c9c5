import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { insertRows } from '../rows.ts'
import { foundAudiences } from './audiences.ts'
import { type Founding, FoundingError, type FoundingStore } from './file.ts'

/** What was missing and is there now, by code. */
export type Founded = { chain: boolean; stores: string[]; categories: string[] }

/** Two at once take turns; any constant will do. */
const LOCK = 7_164_231
/** What a store is until somebody says otherwise. */
const PLAIN = {
  phone: null,
  slotMinutes: 60,
  slotCapacity: 30,
  pickupHint: null,
  features: ['pickup'],
  floorPlan: { width: 343, height: 214, shelves: [], marks: [] },
  licences: [],
} satisfies Partial<FoundingStore>

/**
 * Writes what the database does not have yet, within the caller's transaction. What is there stays as it is: where the
 * founding says something else about it, `FoundingError` names every difference.
 */
export async function foundChain(client: pg.ClientBase, founding: Founding): Promise<Founded> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  const there = await readChain(client)
  const faults = [
    ...(there.chain ? differences('chain', there.chain, { name: founding.name, icp: founding.icp }) : []),
    ...there.categories.flatMap((kept) => compare('categories', kept, founding.categories)),
    ...there.stores.flatMap((kept) => compare('stores', kept, founding.stores)),
    ...there.stores.flatMap(({ code, zones }) =>
      zones.flatMap((kept) => compare(`zones of store ${code}`, kept, founding.zones)),
    ),
  ]
  if (faults.length > 0) throw new FoundingError(faults)
  const isNew = (kept: readonly { code: string }[]) => {
    const codes = new Set(kept.map(({ code }) => code))
    return ({ code }: { code: string }) => !codes.has(code)
  }
  const stores = founding.stores.filter(isNew(there.stores))
  const categories = founding.categories.filter(isNew(there.categories))
  if (!there.chain)
    await client.query('insert into chain (name, icp) values ($1, $2)', [founding.name, founding.icp])
  for (const { code, zones } of there.stores) {
    const missing = founding.zones.filter(isNew(zones))
    if (missing.length > 0)
      await client.query('update store set zones = zones || $2::jsonb where id = $1', [
        code,
        JSON.stringify(missing),
      ])
  }
  await insertStores(client, stores, founding.zones)
  await insertCategories(client, categories)
  await foundAudiences(client)
  const codesOf = (all: readonly { code: string }[]) => all.map(({ code }) => code)
  return { chain: !there.chain, stores: codesOf(stores), categories: codesOf(categories) }
}

type KeptStore = FoundingStore & { zones: Founding['zones'] }

async function readChain(client: pg.ClientBase) {
  const chain = await client.query<{ name: string; icp: string | null }>('select name, icp from chain')
  const categories = await client.query<Founding['categories'][number]>(
    'select id as code, name, zone from category order by id',
  )
  const stores = await client.query<KeptStore>(
    `select id as code, name, district, district_code as "districtCode", town, address, lng, lat,
       to_char(opens_at, 'HH24:MI') as "opensAt", to_char(closes_at, 'HH24:MI') as "closesAt", phone,
       slot_minutes as "slotMinutes", slot_capacity as "slotCapacity", pickup_hint as "pickupHint",
       array(select feature from store_feature where store_id = store.id) as features,
       floor_plan as "floorPlan", licences, zones
     from store order by id for update`,
  )
  return { chain: chain.rows[0], categories: categories.rows, stores: stores.rows }
}

/** How the entry of the same code differs from what is kept; an absent entry says nothing. */
function compare<T extends { code: string }>(
  what: string,
  kept: T,
  entries: readonly Partial<T>[],
): string[] {
  const entry = entries.find(({ code }) => code === kept.code)
  return entry ? differences(`${what} ${kept.code}`, kept, entry) : []
}

function differences(what: string, kept: object, given: object): string[] {
  const keptValues = new Map<string, unknown>(Object.entries(kept))
  return Object.entries(given)
    .filter(([field, value]) => !isDeepStrictEqual(inOrder(keptValues.get(field)), inOrder(value)))
    .map(([field, value]) => {
      const [here, there] = [keptValues.get(field), value].map((each) => JSON.stringify(each))
      return `${what} ${field}: the database has ${here}, the file says ${there}`
    })
}

/** The order in which features are listed says nothing. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.toSorted() : value

async function insertStores(
  client: pg.ClientBase,
  stores: readonly FoundingStore[],
  zones: Founding['zones'],
): Promise<void> {
  const rows = stores.map((store) => ({ ...PLAIN, ...store }))
  await insertRows(
    client,
    'store',
    {
      id: 'text',
      name: 'text',
      district: 'text',
      district_code: 'text',
      town: 'text',
      address: 'text',
      phone: 'text',
      lng: 'float8',
      lat: 'float8',
      opens_at: 'time',
      closes_at: 'time',
      slot_minutes: 'int',
      slot_capacity: 'int',
      pickup_hint: 'text',
      zones: 'jsonb',
      floor_plan: 'jsonb',
      licences: 'jsonb',
    },
    rows.map((store) => ({
      id: store.code,
      name: store.name,
      district: store.district,
      district_code: store.districtCode,
      town: store.town,
      address: store.address,
      phone: store.phone,
      lng: store.lng,
      lat: store.lat,
      opens_at: store.opensAt,
      closes_at: store.closesAt,
      slot_minutes: store.slotMinutes,
      slot_capacity: store.slotCapacity,
      pickup_hint: store.pickupHint,
      zones: JSON.stringify(zones),
      floor_plan: JSON.stringify(store.floorPlan),
      licences: JSON.stringify(store.licences),
    })),
  )
  await insertRows(
    client,
    'store_feature',
    { store_id: 'text', feature: 'text' },
    rows.flatMap(({ code, features }) => features.map((feature) => ({ store_id: code, feature }))),
  )
}

/** In the order of the file, after those that are there. */
async function insertCategories(client: pg.ClientBase, categories: Founding['categories']): Promise<void> {
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(sort) + 1, 0) as next from category',
  )
  const next = rows[0]?.next ?? 0
  await insertRows(
    client,
    'category',
    { id: 'text', name: 'text', zone: 'text', sort: 'int' },
    categories.map(({ code, name, zone }, index) => ({ id: code, name, zone, sort: next + index })),
  )
}
