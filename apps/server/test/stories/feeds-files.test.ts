import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { type Erp, onHandOf, openErp } from '../feeds.ts'
import { APPLE, GOODS, PEAR, productOf } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let next: Erp['next']
let send: Erp['send']
let feedDir: string
const [apple = '', pear = ''] = GOODS.map(({ barcode }) => barcode)
const params = { sourceCode: 'erp' }

before(async () => {
  feedDir = await mkdtemp(path.join(os.tmpdir(), 'linli-feeds-'))
  world = await openWorld({ onHand: 36, feedDir })
  ;({ hq, next, send } = await openErp(world))
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  await rm(feedDir, { recursive: true })
  assert.deepEqual(wrong, [])
})

const drop = async (name: string, content: Buffer | string) => {
  const folder = path.join(feedDir, 'erp')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, name), content)
  const before = new Date(Date.now() - 60_000)
  await utimes(path.join(folder, name), before, before)
  await world.sweep('feeds.folder')
}
const lying = async (where: string) => (await readdir(path.join(feedDir, 'erp', where))).sort()

test('the folder: taken in, reported, and never twice', async () => {
  world.clock.advance(3600)
  const day = new Date(world.clock.now().getTime() + 8 * 3600_000 - 60_000).toISOString()
  const name = `库存-${day.slice(0, 10)}-${day.slice(11, 16).replace(':', '')}.csv`
  // As a spreadsheet here saves it: GB18030. 门店,商品编码,数量
  const head = Buffer.from([
    0xc3, 0xc5, 0xb5, 0xea, 0x2c, 0xc9, 0xcc, 0xc6, 0xb7, 0xb1, 0xe0, 0xc2, 0xeb, 0x2c, 0xca, 0xfd, 0xc1,
    0xbf,
  ])
  const rows = Buffer.from(`\r\nB,${pear},11\r\nB,unknown,3\r\nB,${apple},x\r\n`)
  await drop(name, Buffer.concat([head, rows]))
  assert.equal(await onHandOf(world, 'S02', PEAR), 11)
  const report = await readFile(path.join(feedDir, 'erp/done', name.replace('.csv', '.report.csv')), 'utf8')
  assert.match(report, /"unknown","商品编码「unknown」没有对照/)
  assert.match(report, /不是数字/)
  await drop(`库存-${day.slice(0, 10)}-again.csv`, Buffer.concat([head, rows]))
  assert.match(
    await readFile(path.join(feedDir, `erp/done/库存-${day.slice(0, 10)}-again.report.csv`), 'utf8'),
    /收过了/,
  )
  await drop('notes.csv', 'x')
  await drop('库存-坏.csv', Buffer.from([0, 1, 2]))
  await drop('价格.csv', '门店,数量\nA,1\n')
  assert.deepEqual(
    (await lying('failed')).filter((each) => !each.includes('report')),
    ['notes.csv', '价格.csv', '库存-坏.csv'],
  )
})

test('a file with numbers is events; the console takes files too, once', async () => {
  const { seq, at } = next()
  const csv = `序号,时间,门店,商品编码,增减\n${seq},${at},B,${pear},2\n`
  const upload = () =>
    hq('POST /console/v1/feed-sources/:sourceCode/files', {
      params,
      query: { topic: 'stock', asOf: world.clock.now().toISOString(), name: '增减.csv' },
      bytes: Buffer.from(csv),
      contentType: 'text/csv',
    })
  assert.equal((await upload()).state, 'DONE')
  assert.equal((await source())?.heardAt, world.clock.now().toISOString())
  assert.equal(await onHandOf(world, 'S02', PEAR), 13)
  await refused(upload(), 'feeds.file_known', 409)
})

const source = async () =>
  (await hq('GET /console/v1/feed-sources', {})).items.find(({ code }) => code === 'erp')
const standing = async (storeId: string) =>
  (await source())?.stores.find((each) => each.storeId === storeId)?.standing
const available = async (productId: string) => {
  const { available: pieces, stockDoubt } = await world.api('GET /v1/stores/:storeId/products/:productId', {
    params: { storeId: 'S01', productId },
  })
  return { pieces, stockDoubt }
}
test('domain 2.11: stale counts keep stock back, very stale ones stop what sells fast, new ones let go by themselves', async () => {
  const asOf = () => send({ asOf: world.clock.now().toISOString() })
  await asOf()
  await world.sweep('feeds.staleness')
  assert.equal(await standing('S01'), 'fresh')
  const pieces = 36
  const shows = (wanted: object) =>
    until(async () => isDeepStrictEqual(await available(productOf(apple)), wanted), JSON.stringify(wanted))
  await shows({ pieces, stockDoubt: false })

  await world.advance(61 * 60)
  await world.sweep('feeds.staleness')
  assert.equal(await standing('S01'), 'stale')
  await shows({ pieces: pieces - 3, stockDoubt: true })

  // Apples sold fast of late.
  await world.ctx.database.pool.query(
    `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
     values ('S01', $1, 'RETURN', 80, 0, 116, 0, 'test', $2), ('S01', $1, 'SHIP', -80, 0, 36, 0, 'test', $2)`,
    [APPLE, world.clock.now()],
  )
  await world.advance(200 * 60)
  await world.sweep('feeds.staleness')
  assert.equal(await standing('S01'), 'stopped')
  await shows({ pieces: 0, stockDoubt: true })
  const { todo } = await hq('GET /console/v1/workbench', {})
  assert.equal(todo.find(({ kind, storeId }) => kind === 'feed_stale' && storeId === 'S01')?.count, 1)

  await asOf()
  await world.sweep('feeds.staleness')
  assert.equal(await standing('S01'), 'fresh')
  await shows({ pieces, stockDoubt: false })
})
