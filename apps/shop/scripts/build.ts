/**
 * Builds the shop for one target: `node scripts/build.ts h5 [--watch]`. Taro may end with 0 and an almost empty folder,
 * so the files are checked too; the browser build is compressed here, once, instead of at every request.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { checkMiniProgram } from './sizes.ts'
import { TARGETS, type Target } from './targets.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const COMPRESS_OVER = 512

const target = TARGETS.find(({ name }) => name === process.argv[2])
if (!target) throw new Error(`which target? ${TARGETS.map(({ name }) => name).join(', ')}`)
const isWatching = process.argv.includes('--watch')
const dist = path.join(ROOT, 'dist', target.name)

if (!isWatching) rmSync(dist, { recursive: true, force: true })
await runTaro(target.name)
if (!isWatching) {
  checkFiles(target)
  if (target.name === 'h5') compress()
  if (target.name !== 'h5') console.log(checkMiniProgram(dist))
}

async function runTaro(name: string): Promise<void> {
  const taro = createRequire(import.meta.url).resolve('@tarojs/cli/bin/taro')
  const wanted = ['build', '--type', name, '--disable-global-config', ...(isWatching ? ['--watch'] : [])]
  const child = spawn(process.execPath, [taro, ...wanted], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: isWatching ? 'development' : 'production',
      BROWSERSLIST_ENV: 'production',
    },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`taro build --type ${name} ended with ${String(code)}`)
}

function checkFiles({ name, expected }: Target): void {
  const missing = expected.filter((file) => !existsSync(path.join(dist, file)))
  if (missing.length > 0) throw new Error(`dist/${name} lacks ${missing.join(', ')}`)
}

function compress(): void {
  for (const file of globSync('**/*.{js,css,html,svg}', { cwd: dist })) {
    const place = path.join(dist, file)
    const plain = readFileSync(place)
    if (plain.byteLength < COMPRESS_OVER) continue
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength }
    writeFileSync(`${place}.br`, brotliCompressSync(plain, { params: size }))
    writeFileSync(`${place}.gz`, gzipSync(plain, { level: 9 }))
  }
}
