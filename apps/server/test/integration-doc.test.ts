// docs/integration.md and integration-erp.md are what vendors build on: their examples are run as they stand there, against a server with the sandbox
// behind it.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { allRoutes, partnerRoutes, type Route } from '@linli/contract'
import { SIGNED_REFUSALS } from '@linli/contract/partners'
import { headersOf, newSecret } from '../src/rooms/webhooks/signing.ts'
import { coupon } from './benefits.ts'
import { openErp } from './feeds.ts'
import { openPartner, type TestPartner } from './partner.ts'
import { openWorld, type World } from './world.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
let world: World
let partner: TestPartner
let page: string
let erpPage: string
/** Inside the checkout, where the client is found. */
let folder: string
before(async () => {
  world = await openWorld()
  partner = await openPartner(world, { code: 'till-doc' })
  page = await readFile(path.join(ROOT, 'docs/integration.md'), 'utf8')
  erpPage = await readFile(path.join(ROOT, 'docs/integration-erp.md'), 'utf8')
  folder = await mkdtemp(path.join(import.meta.dirname, 'doc-'))
})
after(async () => {
  await rm(folder, { recursive: true, force: true })
  await world.close()
})

/** The text of the example under this name. */
function example(name: string, from = page): string {
  const [, text] = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(from) ?? []
  assert.ok(text, `no example ${name}`)
  return text
}
/** Not spawnSync: the server that answers lives in this very process. */
const run = (command: string, args: string[], more: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const { keyId, secret } = partner
    const env = { PATH: process.env['PATH'], ORIGIN: world.origin, KEY_ID: keyId, SECRET: secret, ...more }
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(err))))
  })

const has = (command: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${command}`]).then(
    () => true,
    () => false,
  )

test('the example for curl signs what we take', async (t) => {
  if (!(await has('curl')) || !(await has('openssl'))) return t.skip('no curl or openssl here')
  const me = JSON.parse(await run('sh', ['-c', example('curl')])) as { code?: string }
  assert.equal(me.code, 'till-doc')
  const body = '{"storeId":"S01","posTxnId":"curl-1","reason":"试"}'
  const reversed = `${example('curl').trimEnd().replace(/\n.*$/, '')}\ncall POST /partner/v1/till/reversals '${body}'`
  assert.equal((JSON.parse(await run('sh', ['-c', reversed])) as { benefits?: string }).benefits, 'REVERSED')
})

test('the example in TypeScript sells to a member with a coupon', async () => {
  const shopper = await world.member('shopper-0001')
  await coupon(world, shopper)
  const { qr } = await shopper.api('GET /v1/me/card')
  const file = path.join(folder, 'till.ts')
  await writeFile(file, ['client', 'sale', 'offline'].map((name) => example(name)).join('\n'))
  const said = await run(process.execPath, [file], { CARD: qr })
  assert.equal(said, 'till-doc 6\nrecorded 300\n36 300 unreadable\n')
  assert.equal((await shopper.api('GET /v1/coupons', { query: { which: 'used' } })).items.length, 1)
})

test('the example of an ERP tells changes and a full list', async () => {
  const erp = await openErp(world)
  const { keyId, secret } = erp.partner
  const file = path.join(folder, 'erp.ts')
  await writeFile(file, example('erp', erpPage))
  const said = await run(process.execPath, [file], { KEY_ID: keyId, SECRET: secret })
  assert.equal(said, '2 0\n0 WAITING\n')
})

test('the example of a webhook believes us, and nobody else', async (t) => {
  const file = path.join(folder, 'hook.ts')
  await writeFile(file, example('hook', erpPage))
  const { heard } = (await import(file)) as {
    heard(secret: string, headers: Record<string, string>, body: string): Promise<number>
  }
  const said = t.mock.method(console, 'log', () => undefined)
  const secret = newSecret()
  const event = { type: 'stock.moved', data: { entries: [{ barcode: '6999911000015', delta: -2 }] } }
  const body = JSON.stringify(event)
  const headers = headersOf([secret], { id: 'm1', at: new Date(), body })
  assert.deepEqual([await heard(secret, headers, body), await heard(secret, headers, body)], [204, 204])
  assert.equal(said.mock.callCount(), 1, 'a message that comes again is done once')
  assert.equal(await heard(newSecret(), headers, body), 400)
})

test('the sandbox’s till does what the page says: sells without a line, and tells it once, whatever gets lost', async (t) => {
  if (!(await has('curl'))) return t.skip('no curl here')
  const address = world.sandbox.app.server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const TILL = `http://127.0.0.1:${address.port}`
  const { keyId, secret } = partner
  const given = await fetch(`${TILL}/retail/till/key`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ origin: world.origin, keyId, secret }),
  })
  assert.equal(given.status, 200)
  await run('sh', ['-ec', `${example('till')}till uploads '{}'`], { TILL })
  const { view } = (await (await fetch(`${TILL}/retail/till/state`)).json()) as {
    view: { receipts: { state: string; paidFen: number; posTxnId: string }[] }
  }
  assert.deepEqual(
    view.receipts.map(({ state, paidFen }) => [state, paidFen]),
    [['recorded', 2560]],
  )
  const params = { posTxnId: view.receipts[0]?.posTxnId ?? '' }
  const standing = await partner.api('GET /partner/v1/till/sales/:posTxnId', {
    params,
    query: { storeId: 'S01' },
  })
  assert.equal(standing.payFen, 2560)
})

test('the table of refusals names what a till may meet, and nothing that is not', () => {
  const named = [...page.matchAll(/^\| (.*?) \| \d{3} \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, code = '']) => code),
  )
  const declared = new Set<string>([
    ...SIGNED_REFUSALS,
    ...Object.values<Route>(allRoutes).flatMap(({ errors }) => errors),
    'server.overloaded',
  ])
  assert.deepEqual(
    named.filter((code) => !declared.has(code)),
    [],
  )
  assert.deepEqual(
    SIGNED_REFUSALS.filter((code) => !named.includes(code)),
    [],
  )
  const tills = Object.entries<Route>(partnerRoutes).filter(([key]) => key.includes('/till/'))
  const own = tills.flatMap(([, { errors }]) => errors).filter((code) => code.startsWith('tills.'))
  assert.deepEqual(
    [...new Set(own)].filter((code) => code !== 'tills.missing' && !named.includes(code)),
    [],
  )
})
