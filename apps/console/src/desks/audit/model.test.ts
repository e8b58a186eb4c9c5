import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { AUDITED } from '@linli/contract/staff'

import { deedWords } from './deeds.ts'
import { aboutWords, auditFilters, differences, doerWords, subjectOf } from './model.ts'

test('a deed is told in the words of the desks', () => {
  assert.equal(deedWords('catalog.listing_changed'), '改价或货位')
  assert.equal(deedWords('new.deed'), 'new.deed')
  assert.equal(doerWords({ actor: 'staff:hq', actorName: '林知微' }), '林知微')
  assert.equal(doerWords({ actor: 'operator', actorName: null }), '服务器上的技术同事')
})

/** Every action a room notes: named where it is audited, chosen between two, or made of a verb (`alarm_${verb}`) that the room says. */
function actionsIn(text: string): string[] {
  // What is written into a history alone has a `by` beside its verb.
  const verbs = [...text.matchAll(/\bverb: ([^,}\n]+)(?=[,} ])(?!,\s*by:)/g)].flatMap(([, said = '']) =>
    quoted(said),
  )
  return [...text.matchAll(/\baction(?:: | = )([^,\n]+)/g)].flatMap(([, said = '']) => {
    const stem = /^`([a-z_]+\.[a-z_]+)\$\{verb\}`/.exec(said)?.[1]
    return stem ? verbs.map((verb) => `${stem}${verb}`) : quoted(said).filter((name) => name.includes('.'))
  })
}
const quoted = (text: string): string[] => [...text.matchAll(/'([a-z_.]+)'/g)].map(([, name = '']) => name)

const rooms = join(import.meta.dirname, '../../../../server/src/rooms')
const noted = readdirSync(rooms).flatMap((room) => {
  const files = globSync(`${room}/*.ts`, { cwd: rooms }).filter((file) => !/\.(sql|test)\.ts$/.test(file))
  return actionsIn(files.map((file) => readFileSync(join(rooms, file), 'utf8')).join('\n'))
})

test('an action is found however a room says it', () => {
  assert.deepEqual(actionsIn("audit({ action: 'a.one', subject })"), ['a.one'])
  assert.deepEqual(actionsIn("const action = on ? 'a.on' : 'a.off'"), ['a.on', 'a.off'])
  assert.deepEqual(actionsIn("{ verb: mine ? 'had' : 'left', note }; action: `a.it_${verb}`,"), [
    'a.it_had',
    'a.it_left',
  ])
  for (const name of ['staff.account_disabled', 'reconciliation.difference_noted', 'stores.feature_off'])
    assert.ok(noted.includes(name), name)
})

test('every deed that the server notes has words', () => {
  assert.ok(noted.length > 60, `${noted.length} actions`)
  assert.deepEqual(
    noted.filter((action) => deedWords(action) === action),
    [],
  )
})

test('every kind of deed can be asked for, in words', () => {
  const kinds = new Set(noted.map((action) => action.split('.')[0] ?? ''))
  assert.deepEqual(
    [...kinds].filter((kind) => !Object.hasOwn(aboutWords, kind)),
    [],
  )
  assert.deepEqual(Object.keys(aboutWords).toSorted(), [...AUDITED].toSorted())
})

test('what changed is said field by field', () => {
  assert.deepEqual(
    differences({
      before: { priceFen: 1280, onShelf: true, shelf: null },
      after: { priceFen: 1180, onShelf: false, shelf: 'L02-3-2' },
    }),
    [
      { field: '门店价', before: '¥12.80', after: '¥11.80' },
      { field: '上架', before: '是', after: '否' },
      { field: '货位', before: '空', after: 'L02-3-2' },
    ],
  )
  assert.deepEqual(differences({ before: null, after: { role: 'clerk', storeIds: ['S01', 'S02'] } }), [
    { field: '角色', after: '店员' },
    { field: '门店', after: 'S01、S02' },
  ])
  assert.deepEqual(differences({ before: null, after: null }), [])
})

test('a subject leads to its page', () => {
  assert.deepEqual(subjectOf('product:abc'), { word: '看商品', to: '/goods/abc' })
  assert.deepEqual(subjectOf('staff:clerk01'), { word: 'clerk01' })
  assert.deepEqual(subjectOf('products:12'), { word: '12 个商品' })
})

test('filters come from the address', () => {
  assert.deepEqual(auditFilters(new URLSearchParams('about=staff&q=hq')), { q: 'hq', about: 'staff' })
  assert.deepEqual(auditFilters(new URLSearchParams('about=toString')), {})
})

test('categories are told by their names', () => {
  const nameOf = (id: string) => (id === 'G' ? '新鲜水果' : id)
  const event = { before: { categoryId: 'H' }, after: { categoryId: 'G', exceptCategoryIds: ['G', 'H'] } }
  assert.deepEqual(
    differences(event, nameOf).map(({ before, after }) => [before, after]),
    [
      ['H', '新鲜水果'],
      ['空', '新鲜水果、H'],
    ],
  )
})
