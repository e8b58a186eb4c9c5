import type { StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { roleOf } from './roles.ts'
import * as sql from './staff.sql.ts'

export type Profile = Omit<StaffActor, 'kind' | 'sessionId'>

/** Everyone who works here, kept in memory so that no request asks the database who is calling. */
export interface Roster {
  find(staffId: string): Profile | undefined
  hasHeadOffice(): boolean
  reload(): Promise<void>
}

export async function createRoster({ config, db, listener, log }: Ctx): Promise<Roster> {
  let people = new Map<string, Profile>()
  const reload = oneAtATime(async () => {
    const rows = await sql.listPeople(db)
    // Demo accounts have a published password: in production they are as good as absent, even with a token from before.
    const real = rows.filter(({ demo }) => !(demo && config.production))
    people = new Map(real.map((row) => [row.id, profileOf(row)]))
  })
  const again = untilFresh(reload, (error) => log.error({ err: error }, 'staff could not be read again'))
  await listener.on('staff', again)
  listener.onReconnect(again)
  await reload()
  return {
    find: (staffId) => people.get(staffId),
    hasHeadOffice: () => [...people.values()].some(({ role }) => role === 'hq'),
    reload,
  }
}

function profileOf({ id, account, name, role, storeIds }: sql.Person): Profile {
  const { permissions, everyStore } = roleOf(role)
  return {
    staffId: id,
    account,
    name,
    role,
    permissions: new Set(permissions),
    storeIds: everyStore ? null : storeIds,
  }
}
