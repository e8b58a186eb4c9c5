export interface MemberActor {
  kind: 'member'
  memberId: string
  sessionId: string
}
export interface StaffActor {
  kind: 'staff'
  staffId: string
  sessionId: string
  account: string
  name: string
  role: string
  permissions: ReadonlySet<string>
  /** Stores the person may see; null means all of them (head office). */
  storeIds: readonly string[] | null
}
/** A system that connects: a till, an ERP. It was believed because it signed the request. */
export interface PartnerActor {
  kind: 'partner'
  partnerId: string
  keyId: string
  code: string
  scopes: ReadonlySet<string>
  /** Stores it may speak of; null means all of them. */
  storeIds: readonly string[] | null
}
export interface NobodyActor {
  kind: 'nobody'
}
export type Actor = MemberActor | StaffActor | PartnerActor | NobodyActor

export const nobody: NobodyActor = { kind: 'nobody' }

/** How an actor is written into events and ledgers: never a name or a phone number of a shopper. */
export const signature = (actor: Actor): string =>
  actor.kind === 'member'
    ? `member:${actor.memberId}`
    : actor.kind === 'staff'
      ? `staff:${actor.account}`
      : actor.kind === 'partner'
        ? `partner:${actor.code}`
        : 'nobody'

/** Written where nobody pressed a button: time-outs, notifications, jobs. */
export const SYSTEM = 'system'

/** May this person, or this system, see this store? */
export const inScope = (actor: Pick<StaffActor, 'storeIds'>, storeId: string): boolean =>
  actor.storeIds === null || actor.storeIds.includes(storeId)
