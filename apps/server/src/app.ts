import type { Ctx } from '#kernel/ctx'
import { createHttp, type Http } from '#kernel/http'
import type { JobTable, Sweep } from '#kernel/jobs'
import { mountOps } from '#kernel/ops'
import { mountScreens } from '#kernel/screens'
import { createMembers } from '#room/members'
import { createStaff } from '#room/staff'
import { createStores } from '#room/stores'

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
  const staff = await createStaff(ctx)
  const stores = await createStores(ctx, { staff })
  const members = await createMembers(ctx)
  const http = createHttp({
    log: ctx.log,
    metrics: ctx.metrics,
    authenticate: (bearer, access) =>
      access === 'member' ? members.authenticate(bearer) : staff.authenticate(bearer, access),
  })
  for (const room of [staff, stores, members]) room.routes(http)
  await mountOps(http, ctx, () => stopping)
  await mountScreens(http, ctx)
  return {
    http,
    jobs: {},
    sweeps: [...staff.sweeps, ...members.sweeps],
    async close() {
      stopping = true
      await http.app.close()
    },
  }
}
