/**
 * The virtual clock. Schedules (retry ladder, refund delay, prepay life) follow it, so a day of retries can be
 * lived in a second. Stamps on the wire stay real (`stamp`), because the product checks them against its own clock.
 */

/** A piece of work that runs once the virtual time reaches `due`. */
export type Appointment = { due: number; cancelled: boolean; run: () => Promise<void> }

export type VirtualClock = {
  /** Virtual milliseconds since the epoch. */
  now: () => number
  /** The real instant, for anything written on the wire. */
  stamp: () => Date
  /** Runs `run` once virtual time reaches `due`; keep the appointment to cancel it. */
  at: (due: number, run: () => Promise<void>) => Appointment
  /** Moves virtual time on, running everything that falls due on the way, in order, and waiting for each. */
  advance: (milliseconds: number) => Promise<void>
  /** Virtual seconds per real second: 1 by default, 0 freezes. */
  setScale: (scale: number) => void
  /** Virtual minus real time, kept across restarts. */
  offset: () => number
  scale: () => number
  /** Waits until nothing that was due is still running. */
  settled: () => Promise<void>
  stop: () => void
}

const TIMER_MAX_MS = 2 ** 31 - 1

/** Creates a clock `offset` milliseconds ahead of the real one. */
export const createClock = (offset = 0, report: (error: unknown) => void = () => {}): VirtualClock => {
  const heap = createHeap()
  const running = new Set<Promise<void>>()
  let realBase = Date.now()
  let virtualBase = realBase + offset
  let scale = 1
  let advancing: Promise<void> = Promise.resolve()
  let held = 0
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()

  const virtualAt = (real: number) => virtualBase + (real - realBase) * (held > 0 ? 0 : scale)
  const now = () => virtualAt(Date.now())
  const rebase = (to: number) => {
    virtualBase = to
    realBase = Date.now()
  }
  const start = (appointment: Appointment) => {
    const work = appointment
      .run()
      .catch(report)
      .finally(() => running.delete(work))
    running.add(work)
  }
  const arm = () => {
    clearTimeout(timer)
    const next = heap.peek()
    if (stopping.signal.aborted || held > 0 || !next) return
    const wait = next.due - now()
    if (wait > 0 && scale === 0) return
    timer = setTimeout(runDue, Math.max(0, Math.min(wait / (scale || 1), TIMER_MAX_MS)))
    timer.unref()
  }
  const runDue = () => {
    const limit = now()
    for (let next = heap.peek(); next && next.due <= limit; next = heap.peek()) {
      heap.pop()
      if (!next.cancelled) start(next)
    }
    arm()
  }
  const settled = async () => {
    while (running.size > 0) await Promise.all(running)
  }
  const walk = async (milliseconds: number) => {
    rebase(now())
    held += 1
    clearTimeout(timer)
    const target = virtualBase + milliseconds
    try {
      await settled()
      for (let next = heap.peek(); next && next.due <= target; next = heap.peek()) {
        if (stopping.signal.aborted) break
        rebase(Math.max(virtualBase, next.due))
        for (let same = heap.peek(); same && same.due <= virtualBase; same = heap.peek()) {
          heap.pop()
          if (!same.cancelled) start(same)
        }
        await settled()
      }
    } finally {
      held -= 1
      rebase(target)
      arm()
    }
  }

  return {
    now,
    stamp: () => new Date(),
    at: (due, run) => {
      const appointment = { due, cancelled: false, run }
      heap.push(appointment)
      if (heap.peek() === appointment) arm()
      return appointment
    },
    advance: (milliseconds) => {
      advancing = advancing.then(() => walk(milliseconds))
      return advancing
    },
    setScale: (next) => {
      rebase(now())
      scale = next
      arm()
    },
    offset: () => {
      const real = Date.now()
      return virtualAt(real) - real
    },
    scale: () => scale,
    settled,
    stop: () => {
      stopping.abort()
      clearTimeout(timer)
    },
  }
}

/** A binary heap by due time, first come first served among equals. */
const createHeap = () => {
  const items: { order: number; item: Appointment }[] = []
  let order = 0
  const before = (a: number, b: number) => {
    const left = items[a]
    const right = items[b]
    if (!left || !right) return false
    return left.item.due === right.item.due ? left.order < right.order : left.item.due < right.item.due
  }
  const swap = (a: number, b: number) => {
    const left = items[a]
    const right = items[b]
    if (!left || !right) return
    items[a] = right
    items[b] = left
  }
  return {
    peek: (): Appointment | undefined => items[0]?.item,
    push: (item: Appointment) => {
      items.push({ order: order++, item })
      for (let at = items.length - 1; at > 0;) {
        const parent = (at - 1) >> 1
        if (!before(at, parent)) break
        swap(at, parent)
        at = parent
      }
    },
    pop: () => {
      const last = items.pop()
      if (!last || items.length === 0) return
      items[0] = last
      for (let at = 0; ;) {
        const left = 2 * at + 1
        const smaller = before(left + 1, left) ? left + 1 : left
        if (!before(smaller, at)) break
        swap(at, smaller)
        at = smaller
      }
    },
  }
}
