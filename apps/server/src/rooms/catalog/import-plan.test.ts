import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from './import-columns.ts'
import { type Ground, planImport } from './import-plan.ts'

const APPLE = '6999911000015'
const PEAR = '6999911000039'
const SOY = '6999914000081'
const GROUND: Ground = {
  products: new Map([
    [
      APPLE,
      {
        id: 'apple',
        skuId: 'apple-sku',
        version: 3,
        values: {
          name: '内丘苹果 约1kg',
          subtitle: '脆甜',
          description: '',
          categoryId: 'G',
          unit: '份',
          weight: null,
          speciality: true,
          facts: {
            origin: null,
            storage: null,
            shelfLife: null,
            allergens: [],
            licence: null,
            ingredients: null,
          },
        },
        listings: new Map([
          ['S01', { priceFen: 1280, onlinePriceFen: 1180, onShelf: true, shelf: 'G01-1-3' }],
        ]),
      },
    ],
  ]),
  categories: [
    { id: 'G', name: '新鲜水果' },
    { id: 'L', name: '米面粮油' },
  ],
  stores: new Map([
    ['S01', { inScope: true }],
    ['S02', { inScope: true }],
    ['S03', { inScope: false }],
  ]),
}
const plan = (csv: string) => planImport(readTable(csv), GROUND)
const counts = ({ added, changed, unchanged, faults }: ReturnType<typeof plan>) => [
  added,
  changed,
  unchanged,
  faults.length,
]

test('Chinese and English headers, BOM, CRLF, brackets after the name, quoted cells', () => {
  const file = `\uFEFF条码,商品名称,分类,单位,价格（元）\r\n${PEAR},"鸭梨, 约1.5kg",新鲜水果,份,11.80\r\n`
  const { drafts, faults } = plan(file)
  assert.deepEqual(faults, [])
  assert.equal(drafts[0]?.values.name, '鸭梨, 约1.5kg')
  assert.equal(drafts[0]?.values.categoryId, 'G')
  assert.deepEqual([...(drafts[0]?.listings.keys() ?? [])], ['S01', 'S02'])
  const english = plan(`barcode,name,category,unit,price\n${PEAR},鸭梨,G,份,11.8\n`)
  assert.equal(english.drafts[0]?.listings.get('S01')?.priceFen, 1180)
})

const OUTCOMES: readonly [
  what: string,
  csv: string,
  outcome: [added: number, changed: number, unchanged: number, faults: number],
][] = [
  ['a new price', `条码,价格\n${APPLE},13.80`, [0, 1, 0, 0]],
  ['the same price', `条码,价格\n${APPLE},12.8`, [0, 0, 1, 0]],
  ['a new name only', `条码,名称\n${APPLE},红苹果`, [0, 1, 0, 0]],
  ['nothing said', `条码,名称\n${APPLE},`, [0, 0, 1, 0]],
  ['a second store', `条码,价格,门店\n${APPLE},13.80,S02`, [0, 1, 0, 0]],
  ['two stores in one cell', `条码,价格,门店\n${APPLE},13.80,"S01、s02"`, [0, 1, 0, 0]],
  ['the online price taken away', `条码,线上价\n${APPLE},无`, [0, 1, 0, 0]],
  ['off the shelf', `条码,上架\n${APPLE},否`, [0, 1, 0, 0]],
  [
    'one new product in two rows',
    `条码,名称,分类,单位,价格,门店\n${SOY},酱油,L,瓶,8.90,S01\n${SOY},,,,9.20,S02`,
    [1, 1, 0, 0],
  ],
  ['an empty file with a header', '条码,价格\n', [0, 0, 0, 0]],
  ['blank rows between', `条码,价格\n\n,\n${APPLE},13.80\n`, [0, 1, 0, 0]],
]
for (const [what, csv, outcome] of OUTCOMES)
  test(`import · ${what} → ${outcome.join(' ')}`, () => assert.deepEqual(counts(plan(csv)), outcome))

const FAULTS: readonly [csv: string, line: number, column: string, reason: RegExp][] = [
  [`条码,价格\n,1`, 2, '条码', /缺少条码/],
  [`条码,价格\n6999911000016,1`, 2, '条码', /校验/],
  [`条码,价格\n${APPLE},12.801`, 2, '价格', /不是价格/],
  [`条码,价格\n${APPLE},-1`, 2, '价格', /不是价格/],
  [`条码,价格\n${APPLE},0`, 2, '价格', /0\.01/],
  [`条码,价格\n${APPLE},1e3`, 2, '价格', /不是价格/],
  [`条码,价格\n${APPLE},100001`, 2, '价格', /10 万/],
  [`条码,价格\n${APPLE},11.00`, 2, '价格', /线上价高于门店价/],
  [`条码,线上价\n${APPLE},13.00`, 2, '线上价', /线上价高于门店价/],
  [`条码,货架\n${APPLE},L2-3`, 2, '货架', /不是货位/],
  [`条码,上架\n${APPLE},也许`, 2, '上架', /是 或 否/],
  [`条码,分类\n${APPLE},玩具`, 2, '分类', /没有「玩具」/],
  [`条码,名称\n${APPLE},${'长'.repeat(61)}`, 2, '名称', /60/],
  [`条码,价格,门店\n${APPLE},1,S09`, 2, '门店', /没有门店/],
  [`条码,价格,门店\n${APPLE},13,S03`, 2, '门店', /不归你管/],
  [`条码,上架,门店\n${APPLE},是,S02`, 2, '价格', /要有价格/],
  [`条码,价格\n${PEAR},1`, 2, '条码', /名称、分类、单位/],
  [`条码,价格\n${APPLE},13.80\n${APPLE},13.90`, 3, '条码', /第 2 行已经写过/],
  [`条码,名称,门店\n${APPLE},甲,S01\n${APPLE},乙,S02`, 3, '名称', /与第 2 行不一致/],
  [`条码,价 格\n${APPLE},1`, 1, '价 格', /不认识/],
  [`条码,价格,售价\n${APPLE},13,14`, 1, '售价', /重复/],
  [`条码,价格\n${APPLE},13,14`, 2, '', /格数/],
]
for (const [csv, line, column, reason] of FAULTS)
  test(`import fault · ${csv.split('\n').at(-1)?.slice(0, 30)} → ${reason.source}`, () => {
    const { faults } = plan(csv)
    assert.equal(faults.length, 1, JSON.stringify(faults))
    assert.deepEqual([faults[0]?.line, faults[0]?.column], [line, column])
    assert.match(faults[0]?.reason ?? '', reason)
  })

const REFUSED: readonly [what: string, csv: string, code: string][] = [
  ['no barcode column', '名称,价格\n苹果,1', 'catalog.csv_columns_missing'],
  ['a quote left open', `条码,价格\n${APPLE},"1`, 'catalog.csv_unreadable'],
  ['GBK that was read as UTF-8', '\uFFFD\uFFFD,\uFFFD\n1,2', 'catalog.csv_unreadable'],
  ['nothing at all', '\n\n', 'catalog.csv_unreadable'],
  ['5,001 rows', `条码,价格\n${`${APPLE},1\n`.repeat(5001)}`, 'catalog.csv_too_long'],
]
for (const [what, csv, code] of REFUSED)
  test(`import refused · ${what} → ${code}`, () => assert.throws(() => readTable(csv), { code }))

test('a row with a fault plans nothing, the others are still looked at', () => {
  const { faults, changed } = plan(`条码,价格\n${APPLE},13.80\n6999911000016,1\n${PEAR},1`)
  assert.deepEqual([changed, faults.map(({ line }) => line)], [1, [3, 4]])
})
