/**
 * Builds the shop for one target: `node scripts/build.ts h5 [--watch]`. Taro may end with 0 and an almost empty folder,
 * so the files are checked too; the browser build is compressed here, once, instead of at every request.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { checkMiniProgram } from './sizes.ts'
import { TARGETS, type Target } from './targets.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const COMPRESS_OVER = 512

const target = TARGETS.find(({ name }) => name === process.argv[2])
if (!target) throw new Error(`which target? ${TARGETS.map(({ name }) => name).join(', ')}`)
const isWatching = process.argv.includes('--watch')

if (isWatching) await runTaro(target.name, path.join('dist', target.name))
else await build(target)

async function build({ name, expected }: Target): Promise<void> {
  // Made beside the last good build and put in its place when it is whole.
  const made = path.join('dist', `.${name}-${process.pid}`)
  const folder = path.join(ROOT, made)
  const place = path.join(ROOT, 'dist', name)
  try {
    await runTaro(name, made)
    const missing = expected.filter((file) => !existsSync(path.join(folder, file)))
    if (missing.length > 0) throw new Error(`the build for ${name} lacks ${missing.join(', ')}`)
    if (name === 'h5') compress(folder)
    else console.log(checkMiniProgram(folder))
    rmSync(place, { recursive: true, force: true })
    renameSync(folder, place)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runTaro(name: string, out: string): Promise<void> {
  const taro = createRequire(import.meta.url).resolve('@tarojs/cli/bin/taro')
  const wanted = ['build', '--type', name, '--disable-global-config', ...(isWatching ? ['--watch'] : [])]
  const child = spawn(process.execPath, [taro, ...wanted], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: isWatching ? 'development' : 'production',
      BROWSERSLIST_ENV: 'production',
      SHOP_OUT: out,
    },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`taro build --type ${name} ended with ${String(code)}`)
}

function compress(dist: string): void {
  for (const file of globSync('**/*.{js,css,html,svg}', { cwd: dist })) {
    const place = path.join(dist, file)
    const plain = readFileSync(place)
    if (plain.byteLength < COMPRESS_OVER) continue
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength }
    writeFileSync(`${place}.br`, brotliCompressSync(plain, { params: size }))
    writeFileSync(`${place}.gz`, gzipSync(plain, { level: 9 }))
  }
}
