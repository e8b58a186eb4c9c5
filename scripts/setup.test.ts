// setup.mjs in a folder of its own, with an npm that only notes that it was called.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'

type Packages = Record<string, { version?: string; integrity?: string; optional?: boolean; link?: boolean }>

const LOCK: Packages = {
  '': {},
  'apps/server': { version: '0.1.0' },
  'node_modules/@linli/server': { link: true },
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-pg' },
  'node_modules/elsewhere-only': { version: '1.0.0', integrity: 'sha512-else', optional: true },
  'apps/shop/node_modules/react': { version: '18.0.0', integrity: 'sha512-react' },
}
const INSTALLED: Packages = {
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-pg' },
  'apps/shop/node_modules/react': { version: '18.0.0', integrity: 'sha512-react' },
}
const without = (name: string) =>
  Object.fromEntries(Object.entries(INSTALLED).filter(([key]) => key !== name))

const cases: { name: string; installed: Packages | undefined; linked?: false; installs: boolean }[] = [
  { name: 'nothing is installed', installed: undefined, installs: true },
  { name: 'everything is there but for another platform', installed: INSTALLED, installs: false },
  { name: 'a workspace of ours is new', installed: INSTALLED, linked: false, installs: true },
  { name: 'a package is missing', installed: without('node_modules/pg'), installs: true },
  {
    name: 'a package of a workspace is missing',
    installed: without('apps/shop/node_modules/react'),
    installs: true,
  },
  {
    name: 'a version is another',
    installed: { ...INSTALLED, 'node_modules/pg': { version: '7.0.0', integrity: 'sha512-pg' } },
    installs: true,
  },
  {
    name: 'a content is another',
    installed: { ...INSTALLED, 'node_modules/pg': { version: '8.0.0', integrity: 'sha512-xx' } },
    installs: true,
  },
]
for (const { name, installed, linked, installs } of cases) {
  test(`${installs ? 'installs' : 'does not install'} when ${name}`, async (t) => {
    const root = makeRoot(t, installed, linked)
    const { code, output } = await setup(root, ['check', 'one', 'two words'])
    assert.equal(code, 7, output)
    assert.equal(existsSync(path.join(root, 'npm-was-called')), installs)
    assert.match(output, /ran with \["one","two words"\]/)
  })
}

test('asks npm for exactly what the lock file says, developers’ tools included', async (t) => {
  const root = makeRoot(t, undefined)
  await setup(root, ['check'])
  const called: string[] = JSON.parse(readFileSync(path.join(root, 'npm-was-called'), 'utf8'))
  assert.equal(called[0], 'ci')
  assert.ok(called.includes('--include=dev'))
})

test('ends with a word when npm fails, and runs nothing', async (t) => {
  const root = makeRoot(t, undefined)
  const { code, output } = await setup(root, ['check'], { NPM_FAILS: '1' })
  assert.equal(code, 1)
  assert.match(output, /npm ci failed/)
  assert.doesNotMatch(output, /ran with/)
})

test('prefers the Node that came with the lock file', async (t) => {
  const root = makeRoot(t, INSTALLED)
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const bin = path.join(root, `node_modules/node-${platform}-${process.arch}/bin`)
  mkdirSync(bin, { recursive: true })
  symlinkSync(process.execPath, path.join(bin, 'node'))
  const { output } = await setup(root, ['check'])
  assert.match(output, new RegExp(`first on PATH: ${bin}`))
})

test('an unknown script is answered with the known ones', async (t) => {
  const { code, output } = await setup(makeRoot(t, INSTALLED), ['nonsense'])
  assert.equal(code, 1)
  assert.match(output, /usage: npm run <start \|/)
})

test('a signal reaches the script, and its end is ours', async (t) => {
  const root = makeRoot(t, INSTALLED)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { code, output } = await setup(root, ['test'], {}, signal)
    assert.match(output, new RegExp(`got ${signal}`))
    assert.equal(code, 5)
  }
})

test('when npm is killed, and with it the shell it runs us in, the script is told to stop', async (t) => {
  const root = makeRoot(t, INSTALLED)
  const shell = spawn('sh', ['-c', '"$0" scripts/setup.mjs test; exit $?', process.execPath], {
    cwd: root,
    env: { PATH: process.env['PATH'], npm_lifecycle_event: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let output = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (text.includes('waiting')) shell.kill('SIGTERM')
  })
  // The pipe closes when the last of them has ended.
  await once(shell, 'close', { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    process.kill(-Number(shell.pid), 'SIGKILL')
    throw error
  })
  assert.match(output, /got SIGTERM/)
})

function makeRoot(t: TestContext, installed: Packages | undefined, linked = true): string {
  const root = mkdtempSync(path.join(tmpdir(), 'linli-setup-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(path.join(root, 'scripts'))
  copyFileSync(new URL('setup.mjs', import.meta.url), path.join(root, 'scripts/setup.mjs'))
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: LOCK }))
  if (installed) {
    mkdirSync(path.join(root, linked ? 'node_modules/@linli/server' : 'node_modules'), { recursive: true })
    writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  }
  writeFileSync(
    path.join(root, 'npm.js'),
    `if (process.env.NPM_FAILS) process.exit(1)
     require('node:fs').writeFileSync(${JSON.stringify(path.join(root, 'npm-was-called'))}, JSON.stringify(process.argv.slice(2)))`,
  )
  writeFileSync(
    path.join(root, 'scripts/check.ts'),
    `console.log('ran with', JSON.stringify(process.argv.slice(2)))
     console.log('first on PATH:', process.env.PATH.split(':')[0])
     process.exitCode = 7`,
  )
  writeFileSync(
    path.join(root, 'scripts/test.ts'),
    `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => { console.log('got', signal); process.exit(5) })
     console.log('waiting')
     setInterval(() => {}, 1000)`,
  )
  return root
}

async function setup(
  root: string,
  args: string[],
  env: Record<string, string> = {},
  signal?: NodeJS.Signals,
) {
  const child = spawn(process.execPath, [path.join(root, 'scripts/setup.mjs'), ...args], {
    env: { PATH: process.env['PATH'], npm_execpath: path.join(root, 'npm.js'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (signal && text.includes('waiting')) child.kill(signal)
    })
  }
  const [code] = await once(child, 'close')
  return { code: Number(code), output }
}
