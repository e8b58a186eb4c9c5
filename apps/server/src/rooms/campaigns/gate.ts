import { createLine, type DoorPace, type Line, type LineTerms } from '#kernel/line'
import type { ProblemKind } from '#kernel/problem'
import { createRates, type Pace } from '#kernel/rates'
import type { Passes } from './passes.ts'
import { deviceBusy, gateFull, passInvalid, passUsed, soldOut } from './problems.ts'

/** How the door of one process works. */
export interface GateTerms {
  member: Pace
  device: Pace
  /** Members that one telephone may bring to one session. */
  membersPerDevice: number
  line: LineTerms
}
/**
 * What one process on one core serves without keeping anybody waiting at the desk: figures in docs/adr/0033. A member asks about once a second; what asks
 * more often is no thumb.
 */
export const GATE_TERMS: GateTerms = {
  member: { burst: 5, perSecond: 1 },
  device: { burst: 8, perSecond: 2 },
  membersPerDevice: 3,
  line: { perSecond: 600, burst: 200, most: 20_000, comeWithinMs: 15_000 },
}

export interface Asking {
  campaignId: string
  memberId: string
  /** When the session began that the member asks for. */
  session: Date
  /** What the telephone calls itself; a filter against bustle, no proof of anything. */
  device: string
  /** Is there a piece to be had, as far as this process knows? `next`: when more is released, if more is. */
  left: number
  next: Date | null
}
export type Entry =
  | { kind: 'pass'; pass: string; expiresAt: Date }
  | { kind: 'wait'; place: number; waitMs: number }
  | { kind: 'refused'; problem: ProblemKind; data?: Record<string, unknown> }

export interface Gate {
  /** Milliseconds that this member, on this telephone, must wait before asking anything again; 0: go on, and it counts. */
  hurry(asking: Pick<Asking, 'campaignId' | 'memberId' | 'device'>): number
  /** Lets a member on to the checkout, keeps them in line, or sends them away by name. Ask only once the session has begun by the server's clock. */
  enter(asking: Asking): Entry
  /** Why an order with this pass does not go to the desk; undefined: it does. `key`: the order's idempotency key, so that a repeat is no second order. */
  check(
    pass: string,
    order: Pick<Asking, 'campaignId' | 'memberId' | 'session'> & { key: string },
  ): ProblemKind | undefined
  readonly waiting: number
}

const PASSES_PER_PIECE = 3
const LEAST_PACE = 30
/** A few more than there are pieces, because not everybody who gets in buys; a crowd at the desk for three last pieces helps nobody. */
const paceFor = (left: number, { perSecond, burst }: LineTerms): DoorPace => ({
  perSecond: Math.min(perSecond, Math.max(LEAST_PACE, left * PASSES_PER_PIECE)),
  burst: Math.min(burst, Math.max(LEAST_PACE, left * PASSES_PER_PIECE)),
})

function forgetOldest(known: Map<string, unknown>): void {
  for (const oldest of known.keys()) return void known.delete(oldest)
}

interface Session {
  line: Line
  /** By telephone: whom it brought. */
  devices: Map<string, Set<string>>
}
const DEVICES_AT_MOST = 50_000
const PASSES_AT_MOST = 50_000
const SESSIONS_AT_MOST = 50

/**
 * The door before the order desk, in the memory of one process. It keeps crowds off the desk and nothing else: every promise is kept by the desk and its
 * tables, so a process that starts with an empty memory may let in too many and can oversell nothing.
 */
export function createGate(
  passes: Passes,
  {
    terms = GATE_TERMS,
    ms,
    newNonce,
  }: {
    terms?: GateTerms
    /** Passes by itself, whatever time business runs on. */ ms: () => number
    newNonce: () => string
  },
): Gate {
  const members = createRates(terms.member)
  const devices = createRates(terms.device)
  const sessions = new Map<string, Session>()
  const used = new Map<string, string>() // by nonce: the order that came with it

  function sessionOf({ campaignId, session }: Asking): Session {
    const name = `${campaignId} ${session.getTime()}`
    const known = sessions.get(name)
    if (known) return known
    const fresh = { line: createLine(terms.line), devices: new Map<string, Set<string>>() }
    sessions.set(name, fresh)
    if (sessions.size > SESSIONS_AT_MOST) forgetOldest(sessions)
    return fresh
  }
  function broughtTooMany({ devices: known }: Session, { device, memberId }: Asking): boolean {
    const brought = known.get(device) ?? new Set<string>()
    if (brought.has(memberId)) return false
    if (brought.size >= terms.membersPerDevice) return true
    brought.add(memberId)
    if (known.size < DEVICES_AT_MOST) known.set(device, brought)
    return false
  }
  return {
    hurry({ campaignId, memberId, device }) {
      const now = ms()
      return Math.max(
        members.take(`${campaignId} ${memberId}`, now),
        devices.take(`${campaignId} ${device}`, now),
      )
    },
    enter(asking) {
      const { campaignId, memberId, session, left, next } = asking
      const here = sessionOf(asking)
      if (left <= 0) {
        here.line.clear()
        return { kind: 'refused', problem: soldOut, data: { left: 0, next } }
      }
      if (broughtTooMany(here, asking)) return { kind: 'refused', problem: deviceBusy }
      const turn = here.line.ask(memberId, ms(), paceFor(left, terms.line))
      if (turn.kind === 'wait') return turn
      if (turn.kind === 'full') return { kind: 'refused', problem: gateFull }
      return { kind: 'pass', ...passes.issue({ campaignId, memberId, session, nonce: newNonce() }) }
    },
    check(pass, { campaignId, memberId, session, key }) {
      const said = passes.read(pass)
      if (
        !said ||
        said.campaignId !== campaignId ||
        said.memberId !== memberId ||
        said.session.getTime() !== session.getTime()
      )
        return passInvalid
      const order = used.get(said.nonce)
      if (order !== undefined && order !== key) return passUsed
      if (order === undefined) used.set(said.nonce, key)
      if (used.size > PASSES_AT_MOST) forgetOldest(used)
      return undefined
    },
    get waiting() {
      let sum = 0
      for (const { line } of sessions.values()) sum += line.waiting
      return sum
    },
  }
}
