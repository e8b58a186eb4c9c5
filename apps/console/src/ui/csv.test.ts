import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyRow, exportedWords, MOST_ROWS } from './csv.ts'

/** A list of so many numbers, and which pages of it were asked for. */
const list = (total: number) => {
  const asked: number[] = []
  const fetch = ({ page, limit }: { page: number; limit: number }) => {
    asked.push(page)
    const from = (page - 1) * limit
    const items = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, at) => from + at)
    return Promise.resolve({ items, total })
  }
  return { asked, fetch }
}
const never = new AbortController().signal

test('every row is fetched, a page at a time, and told how far it is', async () => {
  const { fetch, asked } = list(250)
  const told: string[] = []
  const found = await everyRow(fetch, { told: ({ far, of }) => told.push(`${far}/${of}`), signal: never })
  assert.deepEqual(
    found.rows,
    Array.from({ length: 250 }, (_, at) => at),
  )
  assert.deepEqual(
    [asked, told],
    [
      [1, 2, 3],
      ['100/250', '200/250', '250/250'],
    ],
  )
  assert.equal(exportedWords(found), '导出了 250 行')
})

test('a file ends at its limit and says what is not in it', async () => {
  const { fetch } = list(MOST_ROWS + 1)
  const found = await everyRow(fetch, { told: () => undefined, signal: never })
  assert.deepEqual([found.rows.length, found.total], [20_000, 20_001])
  assert.match(exportedWords(found), /最多 20,000 行，这里一共 20,001 行，只导出了前 20,000 行/)
})

test('an export that is called off asks for no more pages', async () => {
  const { fetch, asked } = list(1000)
  const off = new AbortController()
  const told = ({ far }: { far: number }) => {
    if (far === 200) off.abort()
  }
  await assert.rejects(everyRow(fetch, { told, signal: off.signal }), { name: 'AbortError' })
  assert.deepEqual(asked, [1, 2])
})
