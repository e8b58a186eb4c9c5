import assert from 'node:assert/strict'
import { cannedShop, type CannedShop } from '../canned/shop.ts'
import type { Answers, Asked } from '../contract-server.ts'
import { openHost, type Host } from '../weapp-host/host.ts'
import type { HostOptions } from '../weapp-host/logic.ts'

export interface Running {
  host: Host
  server: CannedShop
  /** Requests since the last time this was asked. */
  news(): Pick<Asked, 'route' | 'params' | 'query' | 'body'>[]
  /** Nothing was thrown, logged as an error, missing on `wx` or outside the contract. */
  assertHealthy(): void
}

type Options = Partial<HostOptions> & { answers?: Answers }

/** The mini-program, started against a canned server. Ends with `work`, healthy. */
export async function withShop(
  root: string,
  work: (running: Running) => Promise<void>,
  { answers, ...options }: Options = {},
): Promise<void> {
  const server = cannedShop(answers)
  const host = await openHost(root, { network: server.network, ...options })
  let read = 0
  const running: Running = {
    host,
    server,
    news() {
      const fresh = server.asked
        .slice(read)
        .map(({ route, params, query, body }) => ({ route, params, query, body }))
      read = server.asked.length
      return fresh
    },
    assertHealthy() {
      assert.deepEqual(host.errors, [])
      assert.deepEqual(server.faults, [])
      assert.deepEqual([...host.unknown], [])
    },
  }
  try {
    await work(running)
    running.assertHealthy()
  } finally {
    host.close()
  }
}
