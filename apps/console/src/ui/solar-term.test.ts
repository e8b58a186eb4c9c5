import assert from 'node:assert/strict'
import { test } from 'node:test'

import { solarTerm } from './solar-term.ts'

test('terms fall on their published days', () => {
  const published = {
    '2026-01-05': '小寒',
    '2026-02-04': '立春',
    '2026-03-20': '春分',
    '2026-04-05': '清明',
    '2026-06-21': '夏至',
    '2026-09-23': '秋分',
    '2026-11-07': '立冬',
    '2026-11-22': '小雪',
    '2026-12-22': '冬至',
  }
  for (const [day, name] of Object.entries(published)) assert.equal(solarTerm(day), name, day)
  assert.equal(solarTerm('2026-11-23'), undefined)
})

test('every year has each of the 24 once', () => {
  for (const year of [2024, 2026, 2031]) {
    const seen: string[] = []
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
      const term = solarTerm(new Date(at).toISOString().slice(0, 10))
      if (term) seen.push(term)
    }
    assert.equal(seen.length, 24)
    assert.equal(new Set(seen).size, 24)
  }
})
