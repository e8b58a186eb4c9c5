import type { AllRoutes, Input } from '@linli/contract'
import { GOODS, skuOf, STAFF, STORES } from '../apps/server/test/fixtures.ts'
import type { AtTill } from './actions/stored-value.ts'
import type { Chain } from './chain.ts'
import type { Dice } from './dice.ts'
import { createPerson, type LinliApi, type Person } from './people.ts'
import type { Erp } from './erp.ts'
import type { Partner } from './partners.ts'
import type { Receipt } from './receipts.ts'
import type { Receiver } from './receiver.ts'
import type { Sightings } from './sightings.ts'

export { STORES }
export const SKUS = GOODS.map(({ barcode }) => skuOf(barcode))
const SHOPPERS = 10

export type PlaceBody = Input<AllRoutes['POST /v1/orders']>['body']

/** An open payment: what the phone of the shopper has been given. */
export type Cashier = { provider: 'wechat'; prepayId: string } | { provider: 'alipay'; payUrl: string }

/** An order as its shopper and the clerks remember it. */
export interface KnownOrder {
  shopper: Person
  body: PlaceBody
  /** Undefined while nobody has heard whether it was placed. */
  id: string | undefined
  /** The state that was seen last. */
  seen: string
  /** Where it can be paid, or could be once. */
  cashiers: Cashier[]
  completed: boolean
  /** Its key has been on the wire with this body. */
  sent: boolean
}

/** What somebody was told, and may rely on for ever. */
export type Promise_ =
  | { what: 'placed'; shopper: string; key: string; orderId: string }
  | { what: 'cancelled' | 'handed_over' | 'ready'; orderId: string }
  | { what: 'refund'; orderId: string; key: string }
  | { what: 'document'; documentId: string; verb: string }
  | { what: 'aftersale'; aftersaleId: string; key: string }
  | { what: 'taken'; orderId: string; key: string; fen: number }
  | { what: 'handed_back'; orderId: string; refundId: string }
  | { what: 'posted'; memberId: string; key: string; fen: number }
  | { what: 'withdrawn'; couponId: string }
  | { what: 'claimed'; couponId: string; memberId: string }
  | { what: 'redeemed' | 'reversed'; partnerId: string; key: string }

/** Everybody who takes part, and what they know. The torture never looks into the product to decide what to do. */
export interface Town {
  chain: Chain
  sightings: Sightings
  receiver: Receiver
  shoppers: readonly Person[]
  /** By account: console. */
  office: ReadonlyMap<string, Person>
  /** By account: the shop floor. */
  floor: ReadonlyMap<string, Person>
  orders: KnownOrder[]
  aftersales: { id: string; shopper: Person }[]
  documents: { id: string; kind: string; storeId: string; toStoreId: string | undefined; skuIds: string[] }[]
  promises: Promise_[]
  memberIds: string[]
  templateIds: string[]
  /** Top-ups and pay-outs, whether they were answered or not. */
  atTill: AtTill[]
  /** Systems of others, of which two sell and one counts. */
  tills: Partner[]
  erp: Erp | undefined
  /** All that tills of others sold and took back, told of or not. */
  receipts: Receipt[]
  /** Numbers of receipts that were taken in for the first time. */
  recorded: Set<string>
  /** Templates of coupons that members come by themselves. */
  offers: Record<'claim' | 'points' | 'paper', string>
  /** Codes on paper. */
  codes: string[]
  /** Templates of coupons for whoever asked friends, and for friends who helped. */
  rewards: Record<'owner' | 'helper', string>
  /** Where friends are asked to help, and what was passed on. */
  rallies: { id: string; kind: 'bargain' | 'assist'; owner: Person; campaignId: string; storeId: string }[]
  invites: string[]
  /** Withdrawals that were answered, with what the telephone confirms them with. */
  withdrawals: { id: string; owner: Person; package: string | undefined }[]
}

export function openTown(chain: Chain, sightings: Sightings, receiver: Receiver): Town {
  const person = (face: 'shop' | 'console' | 'floor') => (name: string) =>
    createPerson(chain, sightings, face, name)
  const accounts = STAFF.map(({ account }) => account)
  const names = Array.from({ length: SHOPPERS }, (_, i) => `shopper-${String(i + 1).padStart(4, '0')}`)
  const byAccount = (face: 'console' | 'floor', of: readonly string[]) =>
    new Map(of.map((account) => [account, person(face)(account)]))
  return {
    chain,
    sightings,
    receiver,
    shoppers: names.map(person('shop')),
    office: byAccount(
      'console',
      accounts.filter((account) => !account.startsWith('clerk')),
    ),
    floor: byAccount(
      'floor',
      accounts.filter((account) => account !== 'hq'),
    ),
    orders: [],
    aftersales: [],
    documents: [],
    promises: [],
    memberIds: [],
    templateIds: [],
    atTill: [],
    tills: [],
    erp: undefined,
    receipts: [],
    recorded: new Set(),
    offers: { claim: '', points: '', paper: '' },
    codes: [],
    rewards: { owner: '', helper: '' },
    rallies: [],
    invites: [],
    withdrawals: [],
  }
}

export function headOffice(town: Town, dice: Dice): LinliApi {
  const found = town.office.get('hq')
  if (!found) throw new Error('nobody is at head office')
  return found.with(dice)
}

/** Head office, or the manager of one store of these. */
export function managerOf(town: Town, dice: Dice, storeId: string): Person {
  const account = dice.chance(0.4) ? 'hq' : storeId.toLowerCase()
  const found = town.office.get(account)
  if (!found) throw new Error(`nobody signs in as ${account}`)
  return found
}

/** The clerk of a store, or its manager standing in. */
export function clerkOf(town: Town, dice: Dice, storeId: string): Person {
  const account = dice.chance(0.8) ? `clerk${storeId.slice(1)}` : storeId.toLowerCase()
  const found = town.floor.get(account)
  if (!found) throw new Error(`nobody signs in as ${account}`)
  return found
}

/** One of the orders in these states, as far as anybody knows; younger ones more often. */
export function someOrder(
  town: Town,
  dice: Dice,
  states: readonly string[],
): (KnownOrder & { id: string }) | undefined {
  const fits = town.orders.filter(
    (order): order is KnownOrder & { id: string } => order.id !== undefined && states.includes(order.seen),
  )
  return dice.pick(dice.chance(0.7) ? fits.slice(-12) : fits)
}
