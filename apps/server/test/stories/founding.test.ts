// A real chain begins: from the file that docs/operations.md shows, by npm run found, to its first goods on sale.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openHeadOffice } from '#room/staff'
import { type Founding, readFounding } from '../../db/found/file.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

const ROOT = path.join(import.meta.dirname, '../../../..')
const EXAMPLE = path.join(ROOT, 'docs/found.example.json')
const firstRun: Outcome[] = []
let world: World
let folder: string
let example: Founding
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linli-found-'))
  example = readFounding(await readFile(EXAMPLE, 'utf8'))
  world = await openWorld({ fill: async (url) => void firstRun.push(await run(EXAMPLE, url)) })
})
after(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

type Outcome = { code: number; output: string }

function run(file: string, databaseUrl = world.ctx.config.databaseUrl): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(ROOT, 'scripts/found.ts'), file],
      { env },
      (_, output) => resolve({ code: child.exitCode ?? -1, output }),
    )
  })
}

async function runWith(change: Partial<Founding>): Promise<Outcome> {
  const file = path.join(folder, 'chain.json')
  await writeFile(file, JSON.stringify({ ...example, ...change }))
  return run(file)
}

const anotherStore = (change: object) => ({ ...(example.stores[0] ?? assert.fail()), ...change })

test('the chain, its stores and its categories are there, as the file says', async () => {
  assert.deepEqual(firstRun, [
    { code: 0, output: 'the chain 示例生活超市\nstores S01, S02\ncategories V, G, L\n' },
  ])
  const { chainName, icp } = await world.api('GET /v1/setup', {})
  assert.deepEqual({ chainName, icp }, { chainName: '示例生活超市', icp: null })
  const details = await Promise.all(
    example.stores.map(({ code }) => world.api('GET /v1/stores/:storeId', { params: { storeId: code } })),
  )
  const [plain, whole] = details
  assert.deepEqual(plain?.features, ['pickup'])
  assert.deepEqual(plain?.floorPlan.shelves, [])
  assert.deepEqual(whole?.floorPlan, example.stores[1]?.floorPlan)
  assert.deepEqual(whole?.zones, example.zones)
  const { items } = await world.api('GET /v1/stores/:storeId/categories', { params: { storeId: 'S01' } })
  assert.deepEqual(
    items.map(({ id, name }) => [id, name]),
    example.categories.map(({ code, name }) => [code, name]),
  )
})

test('head office signs in and puts the first product on sale', async () => {
  const { password } = await openHeadOffice(world.ctx, { account: 'first', name: '青禾' })
  const { token } = await world.api('POST /console/v1/sessions', {
    body: { account: 'first', password, next: 'three pears in a bag' },
  })
  await world.as(token)('POST /console/v1/products', {
    body: {
      version: 0,
      name: '鸭梨 500g',
      subtitle: '',
      description: '',
      categoryId: 'G',
      unit: '份',
      weight: null,
      speciality: false,
      facts: {
        origin: null,
        storage: null,
        shelfLife: null,
        allergens: [],
        licence: null,
        ingredients: null,
      },
      pictureIds: [],
      barcode: '6999911000060',
      priceFen: 590,
      storeIds: ['S01'],
    },
  })
  const onSale = () => world.api('GET /v1/stores/:storeId/products', { params: { storeId: 'S01' } })
  await until(async () => (await onSale()).items.length > 0, 'the product is on the shelf')
  assert.deepEqual(
    (await onSale()).items.map(({ name, priceFen }) => [name, priceFen]),
    [['鸭梨 500g', 590]],
  )
})

test('the same file again changes nothing', async () => {
  const was = await world.fingerprint()
  assert.deepEqual(await run(EXAMPLE), { code: 0, output: 'everything in the file was there before\n' })
  assert.equal(await world.fingerprint(), was)
})

test('a file that contradicts what is there is refused whole, with every difference', async () => {
  const was = await world.fingerprint()
  const { code, output } = await runWith({
    name: '别的超市',
    categories: [{ code: 'G', name: '水果', zone: 'V' }],
    stores: [anotherStore({ opensAt: '06:00', features: ['pickup_slots'] }), anotherStore({ code: 'S09' })],
    zones: example.zones.map((zone) => (zone.code === 'G' ? { ...zone, ink: '#000000' } : zone)),
  })
  assert.equal(code, 1)
  for (const difference of [
    'chain name: the database has "示例生活超市", the file says "别的超市"',
    'categories G name: the database has "新鲜水果", the file says "水果"',
    'categories G zone: the database has "G", the file says "V"',
    'stores S01 opensAt: the database has "08:00", the file says "06:00"',
    'stores S01 features: the database has ["pickup"], the file says ["pickup_slots"]',
    'zones of store S01 G ink: the database has "#B83A0B", the file says "#000000"',
  ])
    assert.ok(output.includes(`  - ${difference}\n`), `${difference}\n${output}`)
  assert.equal(await world.fingerprint(), was)
})

test('later files add: a store, a zone to every store, a category after the others; the running server notices', async () => {
  const nuts = { code: 'N', name: '干果炒货', tint: '#EEE9E2', ink: '#5F5448' }
  const { code, output } = await runWith({
    zones: [...example.zones, nuts],
    categories: [{ code: 'N', name: '干果炒货', zone: 'N' }],
    stores: [anotherStore({ code: 'S03', name: '示例三店' })],
  })
  assert.deepEqual({ code, output }, { code: 0, output: 'stores S03\ncategories N\n' })
  const stores = async () => (await world.api('GET /v1/stores', {})).items.map(({ id }) => id)
  await until(async () => (await stores()).length === 3, 'the server knows the new store')
  const { zones } = await world.api('GET /v1/stores/:storeId', { params: { storeId: 'S01' } })
  assert.deepEqual(zones, [...example.zones, nuts])
  const categories = async () =>
    (await world.api('GET /v1/stores/:storeId/categories', { params: { storeId: 'S03' } })).items.map(
      ({ id }) => id,
    )
  await until(async () => (await categories()).join() === 'V,G,L,N', 'and the new category, last')
})

test('two at once take turns', async () => {
  const stores = [anotherStore({ code: 'S04', name: '示例四店' })]
  const file = path.join(folder, 'twice.json')
  await writeFile(file, JSON.stringify({ ...example, stores }))
  const outcomes = await Promise.all([run(file), run(file)])
  assert.deepEqual(outcomes.map(({ output }) => output).toSorted(), [
    'everything in the file was there before\n',
    'stores S04\n',
  ])
})
