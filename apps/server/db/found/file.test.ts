import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FoundingError, readFounding } from './file.ts'

const ZONE = { code: 'G', name: '新鲜水果', tint: '#FCE6DD', ink: '#B83A0B' }
const CATEGORY = { code: 'G', name: '新鲜水果', zone: 'G' }
const STORE = {
  code: 'S01',
  name: '示例一店',
  district: '襄都区',
  districtCode: '130502',
  town: '西大街街道',
  address: '示例路 1 号',
  lng: 114.5,
  lat: 37.07,
  opensAt: '08:00',
  closesAt: '22:00',
}
const CHAIN = { name: '示例生活超市', icp: null, zones: [ZONE], categories: [CATEGORY], stores: [STORE] }
const BOX = { x: 0, y: 0, width: 1, height: 1 }

function faultsOf(text: string): readonly string[] {
  try {
    readFounding(text)
    return []
  } catch (error) {
    assert.ok(error instanceof FoundingError)
    return error.faults
  }
}

test('a sound file is read as it is', () => {
  assert.deepEqual(readFounding(JSON.stringify(CHAIN)), CHAIN)
})

const { name, ...nameless } = STORE
const cases: { what: string; change: object; faults: readonly string[] }[] = [
  {
    what: 'no store by its name, no such field, a colour that is none',
    change: { stores: [nameless], zones: [{ ...ZONE, tint: 'peach' }], slogan: name },
    faults: ['slogan is no field', 'zones G tint: a colour such as #FCE6DD', 'stores S01 name is missing'],
  },
  {
    what: 'longitude and latitude in the wrong order',
    change: { stores: [{ ...STORE, lng: 37.07, lat: 114.5 }] },
    faults: [
      'stores S01 lng: degrees east within China, 73 to 136',
      'stores S01 lat: degrees north within China, 3 to 54',
    ],
  },
  {
    what: 'wrong in what may be left out',
    change: {
      stores: [
        { ...STORE, phone: 'none', slotMinutes: 5, slotCapacity: 0, pickupHint: 1, features: ['delivery'] },
      ],
    },
    faults: [
      'stores S01 phone: 5 to 20 digits, spaces, + and -',
      'stores S01 slotMinutes: whole minutes, 15 to 240',
      'stores S01 slotCapacity: orders to a slot, 1 to 1000',
      'stores S01 pickupHint: up to 120 characters',
      'stores S01 features no. 1: must be equal to one of the allowed values',
    ],
  },
  {
    what: 'twelve stores without a code: every one is told of',
    change: { stores: Array.from({ length: 12 }, () => ({ ...STORE, code: 1 })) },
    faults: Array.from(
      { length: 12 },
      (_, i) => `stores no. ${i + 1} code: a capital letter and 2 to 4 digits, such as S01`,
    ),
  },
  {
    what: 'what contradicts itself',
    change: {
      categories: [CATEGORY, { ...CATEGORY, zone: 'X' }],
      stores: [
        STORE,
        {
          ...STORE,
          opensAt: '22:00',
          floorPlan: { width: 343, height: 214, shelves: [{ zone: 'Y', aisle: 1, ...BOX }], marks: [] },
        },
      ],
    },
    faults: [
      'categories code: G stands there more than once',
      'categories name: 新鲜水果 stands there more than once',
      'stores code: S01 stands there more than once',
      'categories G zone: there is no zone X',
      'stores S01 closesAt: must be later than opensAt',
      'stores S01 floorPlan: there is no zone Y',
    ],
  },
]
for (const { what, change, faults } of cases)
  test(`names all faults: ${what}`, () => {
    const found = faultsOf(JSON.stringify({ ...CHAIN, ...change }))
    assert.deepEqual(found.toSorted(), faults.toSorted())
  })

test('what is not JSON, or not an object, is said to be that', () => {
  assert.match(faultsOf('{,}').join(), /this is not JSON/)
  assert.deepEqual(faultsOf('[]'), ['the file: must be object'])
})
