import type { Ctx } from '#kernel/ctx'
import { createHttp, type Http } from '#kernel/http'
import type { JobTable, Sweep } from '#kernel/jobs'
import { mountOps } from '#kernel/ops'
import { mountScreens } from '#kernel/screens'

export interface Linli {
  http: Http
  jobs: JobTable
  sweeps: readonly Sweep[]
  /** Answers what has begun, takes nothing new. */
  close(): Promise<void>
}

/** Builds the rooms in the order of their edges and mounts their routes. No logic here. */
export async function buildApp(ctx: Ctx): Promise<Linli> {
  let stopping = false
  const http = createHttp({
    log: ctx.log,
    metrics: ctx.metrics,
    authenticate: () => Promise.reject(new Error('no rooms yet')),
  })
  await mountOps(http, ctx, () => stopping)
  await mountScreens(http, ctx)
  return {
    http,
    jobs: {},
    sweeps: [],
    async close() {
      stopping = true
      await http.app.close()
    },
  }
}
