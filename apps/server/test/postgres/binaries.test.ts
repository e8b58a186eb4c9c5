import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { findBinaries, packageFolder } from '../../src/postgres/binaries.ts'
import { makeFolder, starters } from './starter.ts'

const [root] = starters
const NOBODY = { uid: 65534, gid: 65534 }
const runs = (folder: string, account?: typeof NOBODY) =>
  spawnSync(path.join(folder, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0

/** The package as npm leaves it when no install script runs: without the symlinks of its libraries. */
function unpacked(folder: string): string {
  const native = path.join(folder, 'package/native')
  cpSync(packageFolder(), native, { recursive: true, verbatimSymlinks: true })
  cpSync(path.join(packageFolder(), '../package.json'), path.join(native, '../package.json'))
  const lib = path.join(native, 'lib')
  for (const name of readdirSync(lib)) {
    if (lstatSync(path.join(lib, name)).isSymbolicLink()) rmSync(path.join(lib, name))
  }
  return native
}

test('missing symlinks of the libraries are made', (t) => {
  const folder = makeFolder(t, { name: 'self' })
  const native = unpacked(folder)
  assert.equal(runs(native), false, 'without its symlinks the server should not even start')
  const binaries = findBinaries({ native, home: folder, account: undefined, log: () => {} })
  assert.deepEqual(binaries, { folder: path.join(native, 'bin'), version: '18.4', major: 18 })
  assert.equal(runs(native), true)
})

test(
  "root · binaries in a private checkout are copied to where the server's account can run them",
  { skip: root?.skip },
  (t) => {
    const folder = makeFolder(t, { name: 'root' })
    const checkout = path.join(folder, 'private')
    const home = path.join(folder, 'home')
    for (const made of [checkout, home]) mkdirSync(made)
    const native = unpacked(checkout)
    chmodSync(checkout, 0o700)
    const lines: string[] = []
    const find = () => findBinaries({ native, home, account: NOBODY, log: (line) => lines.push(line) })
    const binaries = find()
    assert.equal(path.dirname(path.dirname(binaries.folder)), home)
    assert.equal(runs(path.dirname(binaries.folder), NOBODY), true)
    assert.deepEqual(find(), binaries)
    assert.equal(lines.length, 1, 'they are copied once')
  },
)

test('a folder without PostgreSQL is refused', (t) => {
  const folder = makeFolder(t, { name: 'self' })
  assert.throws(
    () => findBinaries({ binDir: folder, home: folder, account: undefined, log: () => {} }),
    /do not run here/,
  )
  assert.equal(existsSync(path.join(folder, 'postgres')), false)
})
