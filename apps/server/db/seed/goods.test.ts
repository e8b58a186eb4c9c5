import { NewProduct } from '@linli/contract/console-goods'
import { StoreDetail } from '@linli/contract/stores'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { FLOOR_PLAN, licencesOf, SHELF_ZONES, STORES } from './chain.ts'
import { checkDigit, GOODS, shelfIn } from './goods.ts'
import { seedId } from './ids.ts'
import { ONLINE_PRICES, pricesOf } from './prices.ts'
import { rankOf } from './ranks.ts'
import { MEMBERS } from './shoppers.ts'
import { STAFF } from './staff.ts'
import { levelOf } from './stock.ts'
import { ZONES } from './zones.ts'

test('check digits are those of EAN-13', () => {
  assert.equal(checkDigit('400638133393'), 1, 'the example of the GS1 manual')
  assert.equal(checkDigit('590123412345'), 7)
})

test('150 goods, fifteen to a zone, every code and name once', () => {
  assert.equal(GOODS.length, 150)
  for (const { code } of ZONES) assert.equal(GOODS.filter(({ zone }) => zone === code).length, 15, code)
  assert.equal(new Set(GOODS.map(({ barcode }) => barcode)).size, 150)
  assert.equal(new Set(GOODS.map(({ name }) => name)).size, 150)
  for (const { barcode, zone } of GOODS) {
    assert.match(barcode, /^69999\d{8}$/)
    const category = 10 + ZONES.findIndex(({ code }) => code === zone)
    assert.equal(barcode.slice(5, 9), `${category}00`, 'category in the barcode')
  }
})

test('every good says what a shopper asks: price, place, one line, a paragraph, where from, how to keep', () => {
  for (const good of GOODS) {
    assert.ok(Number.isInteger(good.priceFen) && good.priceFen > 0, good.name)
    assert.ok(good.subtitle.length > 3 && good.subtitle.length <= 80, good.name)
    assert.ok(good.description.length > 8, good.name)
    assert.ok(good.facts.origin !== null && good.facts.storage !== null, good.name)
    assert.doesNotMatch(good.name, /\*/)
    assert.equal(good.weight !== null, good.name.includes('约'), good.name)
  }
  assert.equal(GOODS.filter(({ speciality }) => speciality).length, 9)
})

test('every good could have been typed into the console', () => {
  for (const good of GOODS) {
    const { barcode, name, subtitle, description, unit, weight, speciality, facts, priceFen } = good
    const what = { barcode, name, subtitle, description, categoryId: good.zone, unit, weight, speciality }
    const storeIds = STORES.map(({ id }) => id)
    const body = { version: 0, ...what, facts, pictureIds: [], priceFen, storeIds }
    assert.deepEqual([...Value.Errors(NewProduct, body)], [], name)
  }
})

test('every store reads as the contract describes it', () => {
  for (const store of STORES) {
    const detail = {
      ...store,
      openNow: true,
      ordering: 'open',
      distanceM: null,
      zones: SHELF_ZONES,
      floorPlan: FLOOR_PLAN,
    }
    assert.deepEqual([...Value.Errors(StoreDetail, { ...detail, licences: licencesOf(store) })], [], store.id)
    assert.match(store.phone, /^[0-9 +-]{5,20}$/)
    assert.ok(store.opensAt < store.closesAt)
  }
})

test('what is said breaks no advertising rule: no superlatives, no cures', () => {
  for (const { name, subtitle, description } of GOODS)
    assert.doesNotMatch(`${subtitle}${description}`, /最|第一品牌|国家级|治疗|疗效|养生|降血|抗癌/, name)
})

test('licence numbers are placeholders', () => {
  const licences = GOODS.map(({ facts }) => facts.licence).filter((licence) => licence !== null)
  assert.ok(licences.length > 80)
  assert.equal(new Set(licences).size, licences.length)
  const ofStores = STORES.flatMap((store) => licencesOf(store).map(({ number }) => number))
  assert.equal(ofStores.length, STORES.length * 2)
  for (const number of [...licences, ...ofStores]) assert.match(number, /^DEMO-/)
})

test('every shelf code in every store names a shelf of the floor plan', () => {
  for (const [index, store] of STORES.entries())
    for (const good of GOODS) {
      const shelf = shelfIn(good.shelf, index + 1)
      assert.match(shelf, /^[A-Z]\d{2}-[1-5]-[1-5]$/)
      const drawn = FLOOR_PLAN.shelves.some(
        ({ zone, aisle }) => zone === shelf.slice(0, 1) && aisle === Number(shelf.slice(1, 3)),
      )
      assert.ok(drawn, `${store.id} ${good.name} ${shelf}`)
    }
})

test('two goods never stand in one place of a store', () => {
  for (const index of STORES.keys())
    assert.equal(new Set(GOODS.map(({ shelf }) => shelfIn(shelf, index + 1))).size, GOODS.length)
})

test('the first two stores are laid out as the rows of the goods say, the others are shifted', () => {
  const cucumber = GOODS.find(({ name }) => name.startsWith('黄瓜'))
  assert.ok(cucumber)
  const places = STORES.map((_, index) => shelfIn(cucumber.shelf, index + 1))
  assert.deepEqual(places, ['V01-1-3', 'V01-1-3', 'V02-3-3', 'V03-5-3', 'V01-2-3', 'V02-4-3'])
  assert.throws(() => shelfIn('nowhere', 1), /not a shelf code/)
})

test('the floor plan keeps within its view box and draws three aisles of ten zones', () => {
  assert.equal(FLOOR_PLAN.shelves.length, ZONES.length * 3)
  for (const box of [...FLOOR_PLAN.shelves, ...FLOOR_PLAN.marks]) {
    assert.ok(box.x >= 0 && box.x + box.width <= FLOOR_PLAN.width)
    assert.ok(box.y >= 0 && box.y + box.height <= FLOOR_PLAN.height)
  }
})

test('eight goods are cheaper online, in every store, and S05 prices for itself', () => {
  for (const { id } of STORES) {
    const prices = GOODS.map((good) => pricesOf(good, id))
    const online = prices.filter(({ onlinePriceFen }) => onlinePriceFen !== null)
    assert.equal(online.length, ONLINE_PRICES)
    for (const { priceFen, onlinePriceFen } of online) assert.ok((onlinePriceFen ?? 0) < priceFen)
  }
  assert.equal(ONLINE_PRICES, 8)
  for (const good of GOODS) {
    assert.equal(pricesOf(good, 'S01').priceFen, good.priceFen)
    const own = pricesOf(good, 'S05').priceFen
    assert.equal(own % 10, 9, good.name)
    assert.ok(own >= good.priceFen * 1.02 && own < good.priceFen * 1.02 + 10, good.name)
  }
})

test('opening stock is plausible: mostly comfortable, some low, a few sold out', () => {
  const levels = STORES.flatMap(({ id }) => GOODS.map((good) => levelOf(good, id)))
  const soldOut = levels.filter(({ onHand }) => onHand === 0).length
  const low = levels.filter(({ onHand, safety }) => onHand > 0 && onHand <= safety + 5).length
  assert.ok(soldOut >= 10 && soldOut <= 45, `${soldOut} sold out`)
  assert.ok(low >= 20 && low <= 90, `${low} low`)
  for (const { onHand, safety } of levels) assert.ok(onHand >= 0 && onHand <= 120 && safety >= 2)
  const apple = GOODS.find(({ barcode }) => barcode === '6999911000015')
  assert.ok(apple && STORES.every(({ id }) => levelOf(apple, id).onHand >= 60))
})

test('the home page opens with featured goods and then one of every zone', () => {
  const inOrder = GOODS.toSorted((a, b) => rankOf(b) - rankOf(a))
  assert.equal(inOrder[0]?.name, '内丘苹果 约1kg')
  assert.equal(new Set(inOrder.slice(12, 40).map(({ zone }) => zone)).size, ZONES.length)
})

test('staff: head office and three people for every store, every account once', () => {
  assert.equal(STAFF.length, 1 + STORES.length * 3)
  assert.equal(new Set(STAFF.map(({ account }) => account)).size, STAFF.length)
  for (const account of ['hq', 's01', 's06', 'clerk01', 'picker06'])
    assert.ok(
      STAFF.some((one) => one.account === account),
      account,
    )
  for (const { account, storeId } of STAFF)
    assert.ok(storeId === null ? account === 'hq' : STORES.some(({ id }) => id === storeId), account)
})

test('fifty members, each with an openid and an id of their own, all joined before the demo begins', () => {
  assert.equal(MEMBERS.length, 50)
  assert.equal(new Set(MEMBERS.map(({ id }) => id)).size, 50)
  assert.equal(new Set(MEMBERS.map(({ openid }) => openid)).size, 50)
  for (const { joinedAt } of MEMBERS) assert.ok(Date.parse(joinedAt) < Date.UTC(2026, 10, 23))
})

test('ids are stable, distinct, and shaped like UUIDv7', () => {
  assert.equal(seedId('a'), seedId('a'))
  assert.notEqual(seedId('a'), seedId('b'))
  const shape = /^019b76da-a800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const { barcode } of GOODS) assert.match(seedId(`product ${barcode}`), shape)
})
