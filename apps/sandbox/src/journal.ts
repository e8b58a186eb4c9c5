/** The journal: everything that crossed the sandbox's border, in a ring of fixed size, for people and for assertions. */

export type JournalKind = 'request' | 'notification' | 'shopper' | 'control' | 'warning'

export type JournalEntry = {
  seq: number
  at: string
  kind: JournalKind
  route: string
  /** HTTP method and target for requests, the destination for notifications, a sentence otherwise. */
  what: string
  status?: number
  tookMs?: number
  outTradeNo?: string
  outRefundNo?: string
  shopper?: string
  /** The fault that was applied, by action name. */
  fault?: string
  sent?: string
  received?: string
  note?: string
}

export type JournalQuery = { since: number; limit: number; namespace?: string; kind?: string; route?: string }

export type Journal = {
  write: (entry: Omit<JournalEntry, 'seq' | 'at'>) => JournalEntry
  read: (query: JournalQuery) => JournalEntry[]
  last: () => number
}

const BODY_CHARACTERS_MAX = 4_000

const clip = (text: string): string =>
  text.length > BODY_CHARACTERS_MAX ? `${text.slice(0, BODY_CHARACTERS_MAX)}…` : text

/** A ring of `capacity` entries; the oldest are overwritten. */
export const createJournal = (capacity: number): Journal => {
  const ring: JournalEntry[] = []
  let seq = 0
  return {
    write: (entry) => {
      seq += 1
      const full: JournalEntry = { ...entry, seq, at: new Date().toISOString() }
      if (full.sent !== undefined) full.sent = clip(full.sent)
      if (full.received !== undefined) full.received = clip(full.received)
      ring[(seq - 1) % capacity] = full
      return full
    },
    read: (query) => {
      const found: JournalEntry[] = []
      const first = Math.max(query.since + 1, seq - capacity + 1, 1)
      for (let at = first; at <= seq && found.length < query.limit; at += 1) {
        const entry = ring[(at - 1) % capacity]
        if (entry && answers(entry, query)) found.push(entry)
      }
      return found
    },
    last: () => seq,
  }
}

const answers = (entry: JournalEntry, query: JournalQuery): boolean => {
  if (query.kind && entry.kind !== query.kind) return false
  if (query.route && entry.route !== query.route) return false
  if (!query.namespace) return true
  const names = [entry.outTradeNo, entry.outRefundNo, entry.shopper]
  return names.some((name) => name?.startsWith(query.namespace ?? '') === true)
}
