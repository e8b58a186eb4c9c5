// docs/defects.md is true: every test it names is there, and what it calls absent is.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const SERVER = path.join(import.meta.dirname, '..')
const LETTERS = 'abcdefghijklmn'

interface Defect {
  what: string
  tests: { file: string; name: string }[]
  absent: RegExp[]
}
function readDefects(text: string): Defect[] {
  const defects: Defect[] = []
  for (const line of text.split('\n')) {
    const head = /^- \*\*(.+?)\*\*/.exec(line)?.[1]
    const [, file, name] = /^ {2}- `([\w/.-]+\.test\.ts)` · (.+)$/.exec(line) ?? []
    const absent = /^ {2}- not here: no table like `([\w|]+)`$/.exec(line)?.[1]
    const last = defects.at(-1)
    if (head) defects.push({ what: head, tests: [], absent: [] })
    else if (file && name) last?.tests.push({ file, name })
    else if (absent) last?.absent.push(new RegExp(absent))
    else assert.ok(!/^ {2}- /.test(line), `neither a test nor an absence: ${line}`)
  }
  return defects
}
const defects = readDefects(readFileSync(path.join(SERVER, '../../docs/defects.md'), 'utf8'))

/** A test of this name, or one that a table of cases makes; said in the file as it is, between quotes. */
function isThere({ file, name }: Defect['tests'][number]): boolean {
  const at = path.join(SERVER, file.startsWith('src/') ? file : `test/${file}`)
  if (!existsSync(at)) return false
  const text = readFileSync(at, 'utf8')
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted))
}

test('every defect is there, and each has a test or is not here', () => {
  for (const letter of LETTERS)
    assert.ok(
      defects.some(({ what }) => what === letter),
      letter,
    )
  assert.ok(defects.length > LETTERS.length)
  for (const { what, tests, absent } of defects) assert.ok(tests.length + absent.length > 0, what)
})

for (const { what, tests } of defects)
  for (const each of tests)
    test(`${what}: ${each.file} · ${each.name}`, () => assert.ok(isThere(each), `there is no such test`))

test('a name that is not there is noticed', () => {
  assert.ok(!isThere({ file: 'races/selling.test.ts', name: 'nothing of this name' }))
  assert.ok(!isThere({ file: 'races/nothing.test.ts', name: 'nothing of this name' }))
})

test('what is called absent is', () => {
  const migrations = globSync('db/migrations/*.sql', { cwd: SERVER }).map((file) =>
    readFileSync(path.join(SERVER, file), 'utf8'),
  )
  const tables = migrations.flatMap((text) =>
    [...text.matchAll(/^create table (\w+)/gm)].map(([, name]) => name),
  )
  assert.ok(tables.length > 30)
  for (const { what, absent } of defects)
    for (const like of absent)
      for (const table of tables)
        assert.ok(!like.test(table ?? ''), `${what}: ${table} is here by now; name its tests`)
})

test('nothing is skipped', () => {
  const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'db/**/*.test.ts'], { cwd: SERVER })
  assert.ok(files.length > 100)
  for (const file of files) {
    const text = readFileSync(path.join(SERVER, file), 'utf8')
    assert.doesNotMatch(text, /\b(test|it|describe)\.(skip|todo|only)\(|\{ (skip|todo|only): true/, file)
  }
})
