import type { Ctx } from '#kernel/ctx'
import { createHttp, type Http } from '#kernel/http'

/** Builds the rooms in the order of their edges and mounts their routes. No logic here. */
export async function buildApp(ctx: Ctx): Promise<{ http: Http }> {
  const http = createHttp({
    log: ctx.log,
    metrics: ctx.metrics,
    authenticate: () => Promise.reject(new Error('no room yet')),
  })
  return { http }
}
