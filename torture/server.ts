// The server of apps/server, started as its main.ts starts it, but for its business clock: the torture says how far it is ahead of the real one, and
// when every sweep should look now instead of in a while.
import { readConfig } from '../apps/server/src/kernel/config.ts'
import { serve } from '../apps/server/src/serve.ts'

/** What the torture says, and what is answered once it is done. */
export type ServerOrder = { ahead: number } | { sweep: number }
export type ServerAnswer = { listening: string } | { ahead: number } | { swept: number; faults: string[] }

let ahead = Number(process.env['TORTURE_AHEAD_MS'] ?? 0)
const linli = await serve(readConfig(), {
  now: () => new Date(Date.now() + ahead),
  stamp: () => new Date(),
})

process.on('message', (order: ServerOrder) => {
  if ('sweep' in order) return void sweep(order.sweep)
  ahead = order.ahead
  process.send?.(order satisfies ServerAnswer)
})

async function sweep(number: number): Promise<void> {
  const faults: string[] = []
  for (const each of linli.sweeps)
    await each.run().catch((error: unknown) => faults.push(`${each.name}: ${String(error)}`))
  process.send?.({ swept: number, faults } satisfies ServerAnswer)
}
