import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Result } from './load.ts'
import { machine } from './machine.ts'

export interface Row {
  what: string
  figure: string
  beside: string
  aim: string
  met: boolean | null
}

export interface Book {
  figures: Record<string, Result | number>
  rows: Row[]
}

export const newBook = (): Book => ({ figures: {}, rows: [] })

const width = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (/[\u1100-\uffff]/.test(char) ? 2 : 1), 0)
const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)))

const FILE = path.join(import.meta.dirname, 'results.json')

/** The table for people; `results.json` for machines, where a part that did not run now stays as it was last measured. */
export async function publish(books: ReadonlyMap<string, Book>): Promise<void> {
  const table = [
    ['what', 'figure', 'beside', 'aim', ''],
    ...[...books.values()]
      .flatMap(({ rows }) => rows)
      .map((row) => [
        row.what,
        row.figure,
        row.beside,
        row.aim,
        row.met === null ? '' : row.met ? 'met' : 'SHORT',
      ]),
  ]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => width(row[column] ?? ''))))
  for (const row of table)
    process.stdout.write(`${row.map((cell, i) => pad(cell, widths[i] ?? 0)).join('  ')}\n`)
  const known = JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as Record<string, unknown>
  const measured = [...books].map(([part, { rows, figures }]) => [
    part,
    { machine: machine(), rows, figures },
  ])
  const results = { ...known, ...Object.fromEntries(measured) }
  await writeFile(FILE, `${JSON.stringify(results, null, 2)}\n`)
}
