import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  backFenOf,
  gramsText,
  type LineWeight,
  looksWrong,
  perWeightText,
  readGrams,
  toWeigh,
  weighedAs,
  weighedText,
  weightRule,
} from './weight.ts'

const PORK: LineWeight = {
  estimateGrams: 500,
  payFen: 1390,
  toleranceBp: 300,
  finalGrams: null,
  backFen: 0,
}

test('grams and prices as people say them', () => {
  assert.equal(gramsText(500), '500g')
  assert.equal(gramsText(1500), '1.5kg')
  assert.equal(gramsText(1234), '1.23kg')
  const weight = { pieceGrams: 500, perGrams: 500, perFen: 1390, toleranceBp: 300 } as const
  assert.equal(perWeightText(weight), '¥13.90/500g')
  assert.equal(perWeightText({ ...weight, perGrams: 1000, perFen: 2780 }), '¥27.80/kg')
})

test('the rule says the tolerance that is in force', () => {
  assert.match(weightRule({ toleranceBp: 300 }), /超过 3% 就退全部差价，重了不加钱/)
  assert.equal(weightRule({ toleranceBp: 0 }), '取货前按实称：轻了退差价，重了不加钱')
})

test('a line: waiting, lighter before and after it was handed over, within the tolerance, heavier', () => {
  assert.equal(weighedText(PORK, false), '约 500g，取货前按实称')
  const light = weighedAs(PORK, 450)
  assert.equal(light.backFen, 139)
  assert.equal(weighedText(light, false), '约 500g，实称 450g，轻 50g，取货时退 ¥1.39')
  assert.equal(weighedText(light, true), '约 500g，实称 450g，轻 50g，差价 ¥1.39 原路退回')
  assert.equal(weighedText(weighedAs(PORK, 490), false), '约 500g，实称 490g，轻 10g，不到 3%，不补不退')
  assert.equal(weighedText(weighedAs(PORK, 530), true), '约 500g，实称 530g，重 30g，不加钱')
})

test('grams typed, or read off a label of the scales', () => {
  assert.equal(readGrams(' 486 '), 486)
  assert.equal(readGrams('2100014004860'), 486, '21 · 00014 · 00486 · 0')
  assert.equal(readGrams('2100014004861'), null, 'a wrong check digit')
  assert.equal(readGrams('6999912000014'), null, 'the code of the goods')
  for (const none of ['', '0', '48.6', '1000001', 'abc']) assert.equal(readGrams(none), null, none)
})

test('half or double is worth a second look', () => {
  assert.ok(looksWrong(PORK, 48) && looksWrong(PORK, 1001))
  assert.ok(!looksWrong(PORK, 250) && !looksWrong(PORK, 1000))
})

test('what of a sheet is to be weighed, and what goes back in all', () => {
  const lines = [{ weight: PORK }, { weight: null }, { weight: weighedAs(PORK, 450) }]
  assert.equal(toWeigh(lines).length, 1)
  assert.equal(backFenOf(lines), 139)
})
