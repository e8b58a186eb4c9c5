// The first morning of the demo's till and ERP, so that the desks have something true to show: sales with and without a member, a return, what the books
// do not bear out, a refusal, a full list, events, and rows that wait for somebody to mend them.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AllRoutes, Input } from '@linli/contract'
import { ApiProblem, createClient } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { createPartnerClient, type PartnerApi } from '@linli/partner-client'
import type { Demo, Partners } from './demo-partners.ts'
import { feedFolder } from './settings.ts'

/** Not among the first, whom people are asked to play; has coupons and points of the seed. */
const SHOPPER = 'shopper-0009'
const STORE = 'S01'
const APPLES = { barcode: '6999911000015', name: '内丘苹果 约1kg', quantity: 2, unitFen: 1280 }
const MILK = { barcode: '6999913000013', name: '纯牛奶 250ml×12', quantity: 1, unitFen: 3990 }
/** A label that the scales print: no barcode of ours. */
const COLD_DISH = { barcode: '2100045012803', name: '凉拌三丝（散称）', quantity: 1, unitFen: 1280 }
const paid = <L extends { quantity: number; unitFen: number }>(line: L) => ({
  ...line,
  payFen: line.quantity * line.unitFen,
})

/** Has the ERP do one of its deeds (`/_sim/erp/deeds` of the sandbox). */
export async function tellErp({ sandboxOrigin }: Pick<Demo, 'sandboxOrigin'>, deed: string): Promise<void> {
  await askSandbox(sandboxOrigin, 'erp/deeds', { deed })
}

/** Asks the sandbox to do something that people or systems outside do. */
export async function askSandbox(
  sandboxOrigin: string,
  place: string,
  body: object,
): Promise<Record<string, unknown>> {
  const reply = await fetch(`${sandboxOrigin}/_sim/${place}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await reply.json()) as Record<string, unknown>
  if (!reply.ok) throw new Error(`the sandbox refused ${place}: ${String(said['message'])}`)
  return said
}

/** Plays it. What the numbers of transactions say was done already is done once. */
export async function tellDemoStory(demo: Demo, { till }: Partners): Promise<void> {
  const api = createPartnerClient({ origin: demo.origin, key: till })
  for (const deed of ['stock', 'changes', 'listing', 'unmapped']) await tellErp(demo, deed)
  await sellToMember(api, await showCard(demo))
  await sellToOthers(api)
  dropTable(demo.dataDir)
}

/** What the shopper's phone shows. */
async function showCard({ origin, sandboxOrigin }: Demo): Promise<string> {
  const { code } = await askSandbox(sandboxOrigin, 'login', { shopper: SHOPPER })
  let token: string | undefined
  const shop = createClient<AllRoutes>({ transport: fetchTransport(origin), token: () => token })
  token = (await shop('POST /v1/sessions', { body: { code: String(code) } })).token
  return (await shop('GET /v1/me/card')).qr
}

/** A sale with the best coupons of somebody who showed their card, and somebody else's try to use the same coupons once more. */
async function sellToMember(api: PartnerApi, cardCode: string): Promise<void> {
  const lines = [APPLES, MILK]
  const { memberRef } = await api('POST /partner/v1/till/members', {
    body: { storeId: STORE, terminal: '1', shown: { cardCode } },
  })
  const basket = { storeId: STORE, memberRef, lines }
  const { couponIds } = await api('POST /partner/v1/till/quotes', { body: { ...basket, bestCoupons: true } })
  const posTxnId = 'DEMO-0001'
  const reserved = await api('POST /partner/v1/till/reservations', {
    body: { ...basket, posTxnId, couponIds },
  })
  await api('POST /partner/v1/till/redemptions', { body: { storeId: STORE, posTxnId } })
  const sold = lines.map((line, i) => ({ ...line, payFen: reserved.lines[i]?.payFen ?? 0 }))
  const receipt = {
    kind: 'sale',
    posTxnId,
    memberRef,
    soldAt: now(),
    benefitOffFen: reserved.discountFen,
  } as const
  await upload(api, [{ ...receipt, lines: sold }])
  if (couponIds.length > 0)
    await refusedOr(
      api('POST /partner/v1/till/reservations', { body: { ...basket, posTxnId: 'DEMO-0002', couponIds } }),
    )
}

/** Sales without a member, a return, and what a person must look at: a label nobody knows, a discount nobody had promised. */
async function sellToOthers(api: PartnerApi): Promise<void> {
  await upload(api, [
    { kind: 'sale', posTxnId: 'DEMO-0003', soldAt: now(), lines: [paid(APPLES)] },
    { kind: 'sale', posTxnId: 'DEMO-0004', soldAt: now(), lines: [paid(MILK), paid(COLD_DISH)] },
    {
      kind: 'sale',
      posTxnId: 'DEMO-0005',
      soldAt: now(),
      benefitOffFen: 500,
      lines: [{ ...MILK, payFen: 3490 }],
    },
    {
      kind: 'return',
      posTxnId: 'DEMO-0006',
      returnOf: 'DEMO-0003',
      soldAt: now(),
      lines: [{ ...paid({ ...APPLES, quantity: 1 }), resellable: true }],
    },
  ])
  await refusedOr(api('GET /partner/v1/feeds/:sourceCode', { params: { sourceCode: 'erp' } }))
}

const now = (): string => new Date().toISOString()
type Receipt = Input<AllRoutes['POST /partner/v1/till/sales']>['body']['sales'][number]
async function upload(api: PartnerApi, sales: Receipt[]): Promise<void> {
  await api('POST /partner/v1/till/sales', { body: { storeId: STORE, sales } })
}

/** A refusal belongs to the story; anything else does not. */
async function refusedOr(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error
  })
}

/** A table in the drop folder, one row of which names a store that nobody mapped. */
function dropTable(dataDir: string): void {
  const folder = path.join(feedFolder(dataDir), 'hq-csv')
  mkdirSync(folder, { recursive: true })
  const rows = [
    '门店,商品编码,价格',
    '05,6999911000015,12.50',
    '06,6999911000015,12.60',
    '99,6999911000015,12.40',
  ]
  writeFileSync(path.join(folder, '价格-演示.csv'), `\uFEFF${rows.join('\r\n')}\r\n`)
}
