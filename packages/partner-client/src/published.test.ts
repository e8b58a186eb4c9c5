// What is published stands by itself: packed as npm packs it, beside nothing but its dependencies from the registry, it compiles for a vendor under the
// strictest settings and runs without our checkout.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { build } from '../build.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'linli-partner-'))
const vendor = path.join(folder, 'vendor')
const installed = path.join(vendor, 'node_modules/@linli/partner-client')
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (command: string, args: string[]): string =>
  execFileSync(command, args, { cwd: vendor, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const compile = (files: string[], ...more: string[]): string => {
  const strict = ['--strict', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes', '--target', 'es2022']
  const modern = ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--ignoreConfig']
  try {
    return run(path.join(ROOT, 'node_modules/.bin/tsc'), [...modern, ...strict, ...more, ...files])
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

const PROGRAM = `
import { ApiProblem, createPartnerClient, readDayPack, verifyWebhook } from '@linli/partner-client'
const api = createPartnerClient({ origin: 'http://127.0.0.1:9', key: { keyId: 'lk_x', secret: 's' }, tries: 1,
  send: async ({ url }) => url === '/partner/v1/me' ? { status: 200, body: { code: 'till', scopes: [] } }
    : { status: 409, body: { code: 'tills.missing', status: 409, detail: '', requestId: '' } } })
const me = await api('GET /partner/v1/me')
const scopes: string[] = me.scopes
export const day = async (): Promise<number> => (await readDayPack(await api('GET /partner/v1/till/day-pack', { query: { storeId: 'S01' } }))).coupons.length
export const heard = async (body: string): Promise<string> => {
  const { event } = await verifyWebhook('whsec_AAAA', { headers: {}, body })
  return event.type === 'stock.moved' ? String(event.data.entries[0]?.delta) : event.data.orderNo
}
try {
  await api('POST /partner/v1/till/redemptions', { body: { storeId: 'S01', posTxnId: 'T1' } })
} catch (error) {
  if (error instanceof ApiProblem) console.log(me.code, scopes.length, error.problem.code)
}
`
/** A vendor's mistakes: the types must see them. */
const WRONG = `
import { createPartnerClient } from '@linli/partner-client'
const api = createPartnerClient({ origin: '', key: { keyId: 'lk_x', secret: 's' } })
await api('POST /partner/v1/till/redemptions', { body: { storeId: 'S01' } })
await api('GET /console/v1/partners')
const { now } = await api('GET /partner/v1/me')
export const at: number = now
`

/** The examples of a page of the manual for vendors, as they stand there. */
const examples = (page: string, ...names: string[]): string => {
  const text = readFileSync(path.join(ROOT, 'docs', page), 'utf8')
  return names
    .map(
      (name) =>
        new RegExp(`^\`\`\`ts ${name}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(text)?.[1] ?? assert.fail(name),
    )
    .join('\n')
}

before(() => {
  mkdirSync(path.join(vendor, 'node_modules/@linli'), { recursive: true })
  const dist = path.join(folder, 'dist')
  build(dist)
  const npm = process.env['npm_execpath']
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  run(command, [
    ...first,
    'pack',
    dist,
    '--ignore-scripts',
    '--offline',
    '--silent',
    '--pack-destination',
    folder,
  ])
  const { version } = JSON.parse(readFileSync(path.join(dist, 'package.json'), 'utf8')) as { version: string }
  run('tar', ['-xzf', path.join(folder, `linli-partner-client-${version}.tgz`), '-C', folder])
  run('mv', [path.join(folder, 'package'), installed])
  symlinkSync(path.join(ROOT, 'node_modules/typebox'), path.join(vendor, 'node_modules/typebox'))
  symlinkSync(path.join(ROOT, 'node_modules/@types'), path.join(vendor, 'node_modules/@types'))
  symlinkSync(path.join(ROOT, 'node_modules/undici-types'), path.join(vendor, 'node_modules/undici-types'))
  writeFileSync(path.join(vendor, 'package.json'), '{ "type": "module" }')
  writeFileSync(path.join(vendor, 'till.ts'), PROGRAM)
  writeFileSync(path.join(vendor, 'wrong.ts'), WRONG)
  writeFileSync(path.join(vendor, 'sale.ts'), examples('integration.md', 'client', 'sale', 'offline'))
  writeFileSync(path.join(vendor, 'erp.ts'), examples('integration-erp.md', 'erp'))
  writeFileSync(path.join(vendor, 'hook.ts'), examples('integration-erp.md', 'hook'))
})

test('its manifest leads nowhere but to the registry', () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >
  assert.deepEqual(Object.keys(manifest['dependencies'] as object), ['typebox'])
  assert.equal(manifest['private'], undefined)
  assert.equal(manifest['license'], 'MIT')
  for (const file of ['README.md', 'LICENSE'])
    assert.ok(readFileSync(path.join(installed, file), 'utf8').length > 500)
})
test('it and the examples of the manual compile, for Node and for browsers, with the declarations looked at too', () => {
  assert.equal(compile(['till.ts', 'sale.ts', 'erp.ts', 'hook.ts'], '--types', 'node', '--lib', 'es2024'), '')
  assert.equal(compile(['till.ts'], '--types', '', '--lib', 'es2024,dom', '--noEmit'), '')
})
test('it runs as JavaScript, its dependencies for types alone', () => {
  rmSync(path.join(vendor, 'node_modules/typebox'))
  assert.equal(run(process.execPath, ['--no-experimental-strip-types', 'till.js']), 'till 0 tills.missing\n')
  symlinkSync(path.join(ROOT, 'node_modules/typebox'), path.join(vendor, 'node_modules/typebox'))
})
test('a vendor’s mistakes are seen by the types', () => {
  const said = compile(['wrong.ts'], '--types', 'node', '--lib', 'es2024', '--noEmit')
  assert.deepEqual(
    said.split('\n').flatMap((line) => /^wrong\.ts\((\d+)/.exec(line)?.[1] ?? []),
    ['4', '5', '7'],
  )
})
