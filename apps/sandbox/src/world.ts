/** Everything a room of the sandbox may need, put together once. */
import type { FastifyBaseLogger } from 'fastify'
import type { Appointment, VirtualClock } from './clock.ts'
import type { Config } from './config.ts'
import type { FaultBook } from './faults/rules.ts'
import type { Journal } from './journal.ts'
import type { Keys } from './keys.ts'
import type { AccessToken } from './records.ts'
import type { Store } from './store.ts'
import type { Poster } from './wxpay/post.ts'

/** What an operator may switch while the sandbox runs. */
export type Settings = {
  /** The key that signs replies and notifications unless the request asks for another. */
  signWith: 'public-key' | 'certificate'
  /** Least seconds between two refunds of one order; 0 switches the real rule of one minute off. */
  refundGapSeconds: number
  /** Least seconds an order must have lived before it may be closed; 0 is off. */
  closeAfterSeconds: number
  /**
   * Which clock says when something happened (success_time, create_time, and so the day of a bill). The virtual one is for tests that live
   * through several days and move the product's clock too.
   */
  tellsTime: 'real' | 'virtual'
}

export type World = {
  config: Config
  keys: Keys
  clock: VirtualClock
  journal: Journal
  store: Store
  faults: FaultBook
  settings: Settings
  tokens: AccessToken[]
  poster: Poster
  /** The next delivery of each pending notification and the settling of each refund, by id. */
  appointments: Map<string, Appointment>
  log: FastifyBaseLogger
  /** Aborts when the sandbox stops: nothing held open survives it. */
  stopping: AbortSignal
}

export const defaultSettings = (): Settings => ({
  signWith: 'public-key',
  refundGapSeconds: 0,
  closeAfterSeconds: 0,
  tellsTime: 'real',
})

/** The instant that replies, notifications and bills give for what happens now. */
export const happeningAt = ({ settings, clock }: Pick<World, 'settings' | 'clock'>): Date =>
  settings.tellsTime === 'virtual' ? new Date(clock.now()) : clock.stamp()
