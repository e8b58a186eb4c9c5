import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { productOf } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
})
after(() => world.close())

const APPLE = productOf('6999911000015')
const read = (productId: string) => hq('GET /console/v1/products/:productId', { params: { productId } })
const list = (q: string) => hq('GET /console/v1/products', { query: { q } })

const importCsv = (csv: string, dryRun = false) =>
  hq('POST /console/v1/product-imports', { body: { csv, dryRun } })

test('POST /console/v1/product-imports · 200: a dry run writes nothing, one fault stops all, a clean file is written whole', async () => {
  const before = await world.fingerprint()
  const head = '条码,名称,分类,单位,价格,门店\n'
  const good = `${head}6999915000059,花生米 400g,G,袋,9.90,S01\n6999911000046,香蕉 约1kg,,,7.98,S02\n6999910000016,,,,2.98,\n`
  const dry = await importCsv(good, true)
  assert.deepEqual(dry, { applied: false, rows: 3, added: 1, changed: 1, unchanged: 1, faults: [] })
  const bad = await importCsv(`${good}6999910000023,,,,free,\n`)
  assert.equal(bad.applied, false)
  assert.deepEqual([bad.faults[0]?.line, bad.faults[0]?.column, bad.faults.length], [5, '价格', 1])
  assert.equal(await world.fingerprint(), before)
  assert.deepEqual(await importCsv(`\uFEFF${good}`), { ...dry, applied: true })
  assert.deepEqual((await importCsv(good)).unchanged, 3)
  const banana = await read(productOf('6999911000046'))
  assert.deepEqual(
    banana.listings.map(({ priceFen }) => priceFen),
    [698, 798],
  )
  assert.deepEqual((await list('huashengmi')).items[0]?.name, '花生米 400g')
})

test('POST /console/v1/product-imports · 422 csv_unreadable, csv_columns_missing, csv_too_long', async () => {
  await refused(importCsv('条码,价格\n"'), 'catalog.csv_unreadable', 422)
  const { data } = await refused(importCsv('\uFFFD\uFFFD,\uFFFD\n1,2'), 'catalog.csv_unreadable', 422)
  assert.equal(data?.['encoding'], 'not UTF-8')
  await refused(importCsv('名称,价格\n苹果,1'), 'catalog.csv_columns_missing', 422)
  await refused(importCsv(`条码,价格\n${'6999911000015,1\n'.repeat(5001)}`), 'catalog.csv_too_long', 422)
})

test('POST /console/v1/product-imports · two of the same file at once add each product once', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const twelve = `69999150010${i < 10 ? 0 : 1}`.slice(0, 10) + String(10 + i)
    return `${twelve}${digitOf(twelve)},批量 ${i},G,袋,1.00`
  })
  const file = `条码,名称,分类,单位,价格\n${rows.join('\n')}\n`
  const answers = await Promise.all([importCsv(file), importCsv(file)])
  assert.ok(answers.every(({ applied }) => applied))
  assert.deepEqual(
    answers.map(({ added }) => added).toSorted((a, b) => a - b),
    [0, 20],
  )
  const { rows: found } = await world.ctx.database.pool.query(
    `select 1 from product where name like '批量 %'`,
  )
  assert.equal(found.length, 20)
})

const upload = (bytes: Uint8Array, contentType = 'image/png') =>
  hq('POST /console/v1/pictures', { bytes, contentType })
const png = (width: number, height: number, red = 200) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 90, b: 40 } } })
    .png()
    .toBuffer()

test('POST /console/v1/pictures · 201: three sizes in WebP, the same bytes once, shown on product and list', async () => {
  const bytes = await png(1600, 800)
  const uploads = await Promise.all([upload(bytes), upload(bytes), upload(bytes, 'image/jpeg')])
  assert.equal(new Set(uploads.map(({ id }) => id)).size, 1)
  const [picture] = uploads
  assert.ok(picture)
  const sizes = await Promise.all(
    [picture.s, picture.m, picture.l].map(async (url) => {
      const { format, width, height } = await sharp(
        (await world.linli.http.app.inject(url)).rawPayload,
      ).metadata()
      return [format, width, height]
    }),
  )
  assert.deepEqual(sizes, [
    ['webp', 240, 120],
    ['webp', 480, 240],
    ['webp', 1200, 600],
  ])
  const { name, subtitle, description, categoryId, unit, weight, speciality, facts, version } =
    await read(APPLE)
  const what = { name, subtitle, description, categoryId, unit, weight, speciality, facts }
  const body = { ...what, version, pictureIds: [picture.id] }
  const product = await hq('PUT /console/v1/products/:productId', { params: { productId: APPLE }, body })
  assert.deepEqual(product.pictures, [picture])
  assert.deepEqual((await list('pg')).items[0]?.picture, picture)
})

test('POST /console/v1/pictures · what the camera wrote stays behind, and a turned picture stands upright', async () => {
  const turned = await sharp(await png(600, 300, 10))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const { l } = await upload(turned, 'image/jpeg')
  const shown = await sharp((await world.linli.http.app.inject(l)).rawPayload).metadata()
  assert.deepEqual([shown.width, shown.height, shown.exif], [300, 600, undefined])
})

test('POST /console/v1/pictures · 422 picture_unreadable, picture_too_small, picture_too_large; 413; 415', async () => {
  const broken = (await png(800, 800)).subarray(0, 400)
  for (const bytes of [
    Buffer.from('not a picture'),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'),
    broken,
  ])
    await refused(upload(bytes), 'catalog.picture_unreadable', 422)
  await refused(upload(await png(400, 199)), 'catalog.picture_too_small', 422)
  await refused(upload(await png(8000, 8000)), 'catalog.picture_too_large', 422)
  await refused(upload(Buffer.alloc(8_000_001)), 'request.too_large', 413)
  await refused(upload(await png(400, 400), 'image/gif'), 'request.media_unsupported', 415)
})

function digitOf(twelve: string): number {
  const sum = Array.from(twelve).reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}
