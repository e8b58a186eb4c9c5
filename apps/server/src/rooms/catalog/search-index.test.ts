import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { syllablesOf } from './pinyin.ts'
import { createSearchIndex } from './search-index.ts'
import { slips } from './spelling.ts'

const NAMES: readonly [barcode: string, name: string, category: string][] = [
  ['6999911000015', '内丘苹果 约1kg', '新鲜水果'],
  ['6999916000003', '苹果汁 1L', '酒水饮料'],
  ['6999912000038', '排骨 约500g', '肉禽蛋鱼'],
  ['6999911000039', '宁晋鸭梨 约1.5kg', '新鲜水果'],
  ['6999911000046', '香蕉 约1kg', '新鲜水果'],
  ['6999914000081', '酱油 800ml', '米面粮油'],
  ['6999914000098', '陈醋 500ml', '米面粮油'],
  ['6999914000050', '花生油 5L', '米面粮油'],
  ['6999915000059', '花生米 400g', '休闲零食'],
  ['6999914000159', '绿豆 500g', '米面粮油'],
  ['6999913000013', '纯牛奶 250ml×12', '乳品烘焙'],
  ['6999913000044', '儿童高钙奶 190ml×12', '乳品烘焙'],
  ['6999917000019', '红烧牛肉面 5包', '速食冷冻'],
  ['6999914000043', '挂面 1kg', '米面粮油'],
  ['6999913000099', '吐司面包 400g', '乳品烘焙'],
  ['6999918000070', '84消毒液 500ml', '清洁个护'],
  ['6999919000055', 'LED灯泡 9W', '家居母婴'],
  ['6999919000062', '5号电池 8粒', '家居母婴'],
  ['6900000000023', '西红柿 约500g', '新鲜蔬菜'],
]
const titleOf = (name: string) => name.split(' ')[0] ?? ''
const index = createSearchIndex()
for (const [i, [barcode, name, category]] of NAMES.entries())
  index.put({
    id: name,
    name,
    subtitle: i === 0 ? '太行山脚下的红富士' : '',
    category,
    barcode,
    rank: NAMES.length - i,
  })
const find = (query: string) =>
  index
    .find(query)
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        NAMES.findIndex(([, name]) => name === a.id) - NAMES.findIndex(([, name]) => name === b.id),
    )
    .map(({ id }) => titleOf(id))

const FOUND: readonly [query: string, titles: string[]][] = [
  ['苹果', ['内丘苹果', '苹果汁']],
  ['pingguo', ['内丘苹果', '苹果汁']],
  ['pg', ['内丘苹果', '苹果汁', '排骨']],
  ['pingg', ['内丘苹果', '苹果汁']],
  ['pinguo', ['内丘苹果', '苹果汁']],
  ['neiqiu', ['内丘苹果']],
  ['内丘', ['内丘苹果']],
  ['nqpg', ['内丘苹果']],
  ['果', ['内丘苹果', '苹果汁']],
  ['红富士苹果', ['内丘苹果']],
  ['红富士', ['内丘苹果']],
  ['苹果 1kg', ['内丘苹果']],
  ['1.5kg', ['宁晋鸭梨']],
  ['6999911000015', ['内丘苹果']],
  [
    '699991',
    [
      '内丘苹果',
      '苹果汁',
      '排骨',
      '宁晋鸭梨',
      '香蕉',
      '酱油',
      '陈醋',
      '花生油',
      '花生米',
      '绿豆',
      '纯牛奶',
      '儿童高钙奶',
      '红烧牛肉面',
      '挂面',
      '吐司面包',
      '84消毒液',
      'LED灯泡',
      '5号电池',
    ],
  ],
  ['0081', ['酱油']],
  ['面', ['红烧牛肉面', '挂面', '吐司面包']],
  ['奶', ['纯牛奶', '儿童高钙奶']],
  ['花生', ['花生油', '花生米']],
  ['生花', ['花生油', '花生米']],
  ['lvdou', ['绿豆']],
  ['ＬＥＤ', ['LED灯泡']],
  ['led', ['LED灯泡']],
  ['ledd', ['LED灯泡']],
  ['84', ['84消毒液']],
  ['84消毒', ['84消毒液']],
  ['5号', ['5号电池']],
  ['水果', ['内丘苹果', '宁晋鸭梨', '香蕉']],
  ['牛 奶', ['纯牛奶']],
  ['kg', []],
  ['平果', []],
  ['！？', []],
  ['', []],
]
for (const [query, titles] of FOUND)
  test(`search ${query || '(empty)'} → ${titles.slice(0, 3).join(' ') || 'nothing'}`, () =>
    assert.deepEqual(find(query), titles))

const NEAR: readonly [query: string, words: string[]][] = [
  ['平果', ['苹果']],
  ['苹果醋', ['苹果']],
  ['pingguu', ['苹果']],
  ['pinggou', ['苹果']],
  ['pingou', []],
  ['pignguo', ['苹果']],
  ['huashengjiang', []],
  ['花生酱', ['花生']],
  ['降油', ['酱油']],
  // A piece of a word is none: 红柿 stands nowhere but in 西红柿.
  ['洪柿', ['西红柿']],
  ['红柿子', ['西红柿']],
  ['hongshii', ['西红柿']],
  ['方便面', ['红烧牛肉面', '挂面']],
  ['生纸', []],
  ['wwww', []],
]
for (const [query, words] of NEAR)
  test(`near ${query} → ${words.join(' ') || 'nothing'}`, () => {
    assert.deepEqual(index.find(query), [])
    assert.deepEqual(
      index.near(query, () => true),
      words,
    )
    for (const word of words) assert.notEqual(index.find(word).length, 0, `${word} finds nothing`)
  })

test('words are only taken from what the store sells', () =>
  assert.deepEqual(
    index.near('平果', (id) => !id.includes('苹果')),
    [],
  ))

test('a product that was renamed or dropped is no longer found by its old name', () => {
  const own = createSearchIndex()
  const entry = { id: 'a', name: '香蕉', subtitle: '', category: '水果', barcode: '6999911000046', rank: 1 }
  own.put(entry)
  own.put({ ...entry, name: '火龙果' })
  assert.deepEqual([own.find('香蕉').length, own.find('huolongguo').length], [0, 1])
  own.drop('a')
  assert.deepEqual([own.find('火龙果').length, own.find('6999911000046').length], [0, 0])
})

test('tokens only narrow down: every Chinese part of every name is found', () => {
  const han = NAMES.filter(([, name]) => /^\p{Script=Han}+$/u.test(titleOf(name)))
  fc.assert(
    fc.property(fc.constantFrom(...han), fc.nat(), fc.nat(), ([, name], from, length) => {
      const title = Array.from(titleOf(name))
      const start = from % title.length
      const part = title.slice(start, start + 1 + (length % (title.length - start))).join('')
      assert.ok(find(part).includes(titleOf(name)), part)
    }),
  )
})

test('tokens only narrow down: so is every way to type it, each syllable whole or begun', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.nat(),
      fc.array(fc.nat(), { minLength: 1 }),
      ([, name], from, cuts) => {
        const syllables = syllablesOf(titleOf(name))
        const typed = syllables
          .slice(from % syllables.length)
          .slice(0, cuts.length)
          .map((syllable, i) => syllable.slice(0, 1 + ((cuts[i] ?? 0) % syllable.length)))
          .join('')
        assert.ok(find(typed).includes(titleOf(name)), typed)
      },
    ),
  )
})

const SLIPS: readonly [a: string, b: string, most: number, count: number][] = [
  ['pingguo', 'pingguo', 2, 0],
  ['pinguo', 'pingguo', 2, 1],
  ['pignguo', 'pingguo', 2, 1],
  ['pingou', 'pingguo', 2, 2],
  ['abcd', 'wxyz', 2, 3],
  ['', 'ab', 2, 2],
  ['', 'abc', 2, 3],
]
for (const [a, b, most, count] of SLIPS)
  test(`slips ${a} ${b} → ${count}`, () => assert.equal(slips(a, b, most), count))
