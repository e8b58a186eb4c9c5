import type { AllRoutes, Input } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import type { Api } from '@linli/contract/client'
import type { PartnerRoutes } from '@linli/contract'
import { coupon } from './benefits.ts'
import { openPartner } from './partner.ts'
import type { Shopper, World } from './world.ts'

export type TillApi = Api<PartnerRoutes>
type Reserve = Input<AllRoutes['POST /partner/v1/till/reservations']>['body']
type Upload = Input<AllRoutes['POST /partner/v1/till/sales']>['body']['sales'][number]
export type Sale = Extract<Upload, { kind: 'sale' }>
export type Return = Extract<Upload, { kind: 'return' }>

export const APPLES = { barcode: '6999911000015', name: '内丘苹果 约1kg', quantity: 2, unitFen: 1200 }
export const txn = (): string => `T1-${randomUUID()}`

/** What a till of this partner holds after somebody showed their card there. */
export function refOf({ ctx }: Pick<World, 'ctx'>, partnerId: string, memberId: string): string {
  const until = Math.floor(ctx.clock.now().getTime() / 1000) + 1800
  const text = `${memberId}.${until.toString(36)}`
  return `${text}.${ctx.secrets.sign('till-member', `${partnerId} ${text}`)}`
}

/** Two bags of apples in S01, unless something else is asked for. */
export const reserve = (api: TillApi, memberRef: string, over: Partial<Reserve> = {}) =>
  api('POST /partner/v1/till/reservations', {
    body: { storeId: 'S01', posTxnId: txn(), memberRef, lines: [APPLES], ...over },
  })
const named = (posTxnId: string, storeId = 'S01') => ({ storeId, posTxnId })
export const redeem = (api: TillApi, posTxnId: string, storeId?: string) =>
  api('POST /partner/v1/till/redemptions', { body: named(posTxnId, storeId) })
export const reverse = (api: TillApi, posTxnId: string, storeId?: string) =>
  api('POST /partner/v1/till/reversals', { body: { ...named(posTxnId, storeId), reason: '顾客不要了' } })

export const sale = (world: Pick<World, 'clock'>, over: Partial<Sale> = {}): Sale => ({
  kind: 'sale',
  posTxnId: txn(),
  soldAt: world.clock.now().toISOString(),
  lines: [{ ...APPLES, payFen: 2400 }],
  ...over,
})
export const giveBack = (
  world: Pick<World, 'clock'>,
  returnOf: string,
  over: Partial<Return> = {},
): Return => ({
  kind: 'return',
  posTxnId: txn(),
  returnOf,
  soldAt: world.clock.now().toISOString(),
  lines: [{ ...APPLES, quantity: 1, payFen: 1200, resellable: true }],
  ...over,
})
export const upload = async (api: TillApi, sales: Upload[], storeId = 'S01') =>
  (await api('POST /partner/v1/till/sales', { body: { storeId, sales } })).items

/** Everything that the tills' desk decides, once. */
export async function ringUp(world: World, shopper: Shopper): Promise<void> {
  const { api, partnerId } = await openPartner(world)
  const memberRef = refOf(world, partnerId, shopper.memberId)
  const couponIds = [await coupon(world, shopper)]
  const { posTxnId, payFen } = await reserve(api, memberRef, { couponIds, usePoints: 100 })
  await redeem(api, posTxnId)
  const receipt = sale(world, { posTxnId, lines: [{ ...APPLES, payFen }] })
  const unknown = { ...APPLES, barcode: '2000000000008', payFen: 1 }
  await upload(api, [receipt, sale(world, { memberRef, lines: [unknown] })])
  await upload(api, [giveBack(world, posTxnId)])
  const later = sale(world)
  await upload(api, [giveBack(world, later.posTxnId)])
  await upload(api, [later])
  await reverse(api, (await reserve(api, memberRef, { usePoints: 100 })).posTxnId)
}
