import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { ROOT } from './settings.ts'

/** One thing that is built from source: a workspace's npm script, and the file that proves it was. */
export type Build = {
  name: string
  workspace: string
  script: string
  output: string
  sources: readonly string[]
}

const SHOP = ['apps/shop/{src,config,assets,scripts,types}/**', 'apps/shop/*.{json,js,cjs,ts,html}']
const EVERY = ['packages/contract/{src/**,package.json}', 'package-lock.json']

const shop = (target: string, output: string): Build => ({
  name: `shop ${target}`,
  workspace: '@linli/shop',
  script: `build:${target}`,
  output: `apps/shop/dist/${output}`,
  sources: [...SHOP, ...EVERY],
})

/** The shop as web pages. */
export const shopH5 = shop('h5', 'h5/index.html')
/** The shop as mini-programs. */
export const miniPrograms = [
  shop('weapp', 'weapp/app.json'),
  shop('tt', 'tt/app.json'),
  shop('alipay', 'alipay/app.json'),
]
export const consoleWeb: Build = {
  name: 'console',
  workspace: '@linli/console',
  script: 'build',
  output: 'apps/console/dist/index.html',
  sources: ['apps/console/{src,public}/**', 'apps/console/*.{json,ts,html}', ...EVERY],
}

/** Builds it when its sources have changed since it was last built. Answers whether it had to. */
export async function buildWhenStale(build: Build, signal?: AbortSignal): Promise<'built' | 'fresh'> {
  const now = fingerprint(build)
  const stamp = path.join(ROOT, '.cache/builds', `${build.name.replace(' ', '-')}.sha256`)
  const isFresh =
    existsSync(path.join(ROOT, build.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now
  if (isFresh) return 'fresh'
  mkdirSync(path.dirname(stamp), { recursive: true })
  rmSync(stamp, { force: true })
  await run(build, signal)
  writeFileSync(stamp, now)
  return 'built'
}

/** The content of every source: a checkout or a copy changes times, not this. */
function fingerprint(build: Build): string {
  const hash = createHash('sha256')
  const files = globSync([...build.sources], { cwd: ROOT, exclude: (name) => name === 'node_modules' }).sort()
  for (const file of files) {
    const place = path.join(ROOT, file)
    if (statSync(place).isFile()) hash.update(`${file}\n`).update(readFileSync(place))
  }
  return hash.digest('hex')
}

async function run(build: Build, signal: AbortSignal | undefined): Promise<void> {
  const log = path.join(ROOT, '.cache/builds', `${build.name.replace(' ', '-')}.log`)
  const out = openSync(log, 'w')
  const npm = process.env['npm_execpath']
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const child = spawn(command, [...first, 'run', build.script, '-w', build.workspace], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', out, out],
    shell: process.platform === 'win32' && command === 'npm',
    ...(signal && { signal }),
  })
  closeSync(out)
  const [code] = await once(child, 'exit')
  // Some bundlers end well after they have failed: the file must be there too.
  if (code === 0 && existsSync(path.join(ROOT, build.output))) return
  const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-40).join('\n')
  throw new Error(`building the ${build.name} failed (${log}):\n${tail}`)
}
