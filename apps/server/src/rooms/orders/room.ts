import type { Output } from '@linli/contract'
import type { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { Problem, refuse } from '#kernel/problem'
import { createShuffle } from '#kernel/shuffle'
import type { Campaigns } from '#room/campaigns'
import type { Rallies } from '#room/rallies'
import type { Coupons } from '#room/coupons'
import type { Fulfilment } from '#room/fulfilment'
import type { Inventory } from '#room/inventory'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Payments } from '#room/payments'
import type { Catalog } from '#room/catalog'
import type { Pricing } from '#room/pricing'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Tiers } from '#room/tiers'
import type { Answer, Command } from './commands.ts'
import { createOrderDesk } from './desk.ts'
import { createLookDesk, createSoldOut, type Look, type Seen, type SoldOut } from './look.ts'
import { takeNumbers } from './numbers.sql.ts'
import { createNumbers, NUMBER_SPACE, type OrderNumbers } from './numbers.ts'
import { type FullOrder, ordersReader } from './orders.sql.ts'
import { deskFull } from './problems.ts'

export type Workbench = Output<(typeof consoleWorkbenchRoutes)['GET /console/v1/workbench']>

export interface OrdersDeps {
  stores: Stores
  staff: Staff
  members: Members
  catalog: Catalog
  inventory: Inventory
  campaigns: Campaigns
  rallies: Rallies
  coupons: Coupons
  ledgers: Ledgers
  tiers: Pick<Tiers, 'countFrom'>
  pricing: Pricing
  payments: Payments
  fulfilment: Fulfilment
  messages: Pick<Messages, 'follow'>
}

/** What a room above this one has waiting for people, by store; null: every store. */
export type ErrandSource = (storeIds: readonly string[] | null) => Promise<Workbench['todo']>

/** What the verbs of this room work with. */
export interface Room extends OrdersDeps {
  ctx: Ctx
  /** Rooms that go on where an order ended put their errands on the workbench here. */
  errands: ErrandSource[]
  numbers: OrderNumbers
  soldOut: SoldOut
  /** Decides a command on the order desk; refuses with `orders.desk_full` when too many wait. */
  submit(command: Command): Promise<Answer>
  look(look: Look): Promise<Seen>
  /** An order with its lines and events as they are committed, whoever asks. */
  read(orderId: string): Promise<FullOrder | undefined>
}

const orFull = (error: unknown): never => {
  if (error instanceof Problem && error.status === 503) return refuse(deskFull)
  throw error
}

export function createRoom(ctx: Ctx, deps: OrdersDeps): Room {
  const { deskPool } = ctx.database
  const soldOut = createSoldOut()
  const desk = createOrderDesk(deskPool, deps, (view) => soldOut.note(view))
  const look = createLookDesk(deskPool, deps.inventory)
  const { metrics, secrets } = ctx
  metrics.gauge('order_desk_queued', 'commands waiting for the order desk', () => desk.stats.queued)
  metrics.gauge('order_desk_batches', 'batches decided since the start', () => desk.stats.batches)
  metrics.gauge('order_desk_commands', 'commands decided since the start', () => desk.stats.commands)
  metrics.gauge(
    'order_desk_one_by_one',
    'batches that failed and were run again singly',
    () => desk.stats.oneByOne,
  )
  return {
    ...deps,
    ctx,
    errands: [],
    soldOut,
    numbers: createNumbers(createShuffle(secrets.hash('order numbers'), NUMBER_SPACE).hide, (count) =>
      takeNumbers(ctx.db, count),
    ),
    submit: (command) => desk.submit(command).catch(orFull),
    look: (each) => look.submit(each).catch(orFull),
    read: gather(ordersReader(ctx.db, deskPool)),
  }
}
