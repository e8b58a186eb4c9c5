import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { PaymentEvents, Tender } from './facts.ts'
import { providerOff } from './problems.ts'
import type { Provider, Providers } from './provider.ts'
import type { TransferTold } from './transfers.ts'
import type { Wxpay } from './wxpay-api.ts'

/** What the verbs of this room work with. */
export interface Room {
  ctx: Ctx
  /** Those that are configured. */
  providers: Providers
  /** For what WeChat alone can do: sending refunds elsewhere, telling it of goods. */
  wxpay: Wxpay
  members: Pick<Members, 'openidOf' | 'tellWechat'>
  staff: Pick<Staff, 'audit' | 'scopeOf' | 'requireScope'>
  /** A notification says that a transfer ended. */
  transferTold: TransferTold
  /** Throws until `connect` was called: a start without orders is a fault of ours. */
  events(): PaymentEvents
}

/** Refuses payments.provider_off: its keys were never set, or taken away while money of it was still under way. */
export const providerOf = ({ providers }: Pick<Room, 'providers'>, name: Tender): Provider =>
  providers.get(name) ?? refuse(providerOff)
