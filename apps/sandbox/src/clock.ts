/**
 * The virtual clock. Schedules (retry ladder, refund delay, prepay life) follow it, so a day of retries can be
 * lived in a second. Stamps on the wire stay real (`stamp`), because the product checks them against its own clock.
 */
import { createHeap } from './heap.ts'

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

/** The face of the clock: what time it is. `still` holds it while the clock is being advanced by hand. */
const createFace = (offset: number) => {
  let realBase = Date.now()
  let virtualBase = realBase + offset
  let scale = 1
  let still = false
  const virtualAt = (real: number) => (still ? virtualBase : virtualBase + (real - realBase) * scale)
  const set = (to: number) => {
    virtualBase = to
    realBase = Date.now()
  }
  return {
    now: () => virtualAt(Date.now()),
    set,
    scale: () => scale,
    offset: () => {
      const real = Date.now()
      return virtualAt(real) - real
    },
    setScale: (next: number) => {
      set(virtualAt(Date.now()))
      scale = next
    },
    hold: (held: boolean) => {
      set(virtualAt(Date.now()))
      still = held
    },
    isHeld: () => still,
  }
}

/** The appointments: waiting and running. */
const createDiary = (report: (error: unknown) => void) => {
  const waiting = createHeap<Appointment>()
  const running = new Set<Promise<void>>()
  const start = (appointment: Appointment) => {
    const work = appointment
      .run()
      .catch(report)
      .finally(() => running.delete(work))
    running.add(work)
  }
  return {
    next: waiting.peek,
    add: waiting.push,
    /** Starts everything due by `limit`, earliest first. */
    startDue: (limit: number) => {
      for (let next = waiting.peek(); next && next.due <= limit; next = waiting.peek()) {
        waiting.pop()
        if (!next.cancelled) start(next)
      }
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** Goes from one due instant to the next up to `target`, waiting at each until everything started there is done. */
const liveThrough = async (
  face: ReturnType<typeof createFace>,
  diary: ReturnType<typeof createDiary>,
  target: number,
  stopping: AbortSignal,
): Promise<void> => {
  await diary.settled()
  for (let next = diary.next(); next && next.due <= target; next = diary.next()) {
    if (stopping.aborted) break
    face.set(Math.max(face.now(), next.due))
    diary.startDue(face.now())
    await diary.settled()
  }
}

/** Creates a clock `offset` milliseconds ahead of the real one. */
export const createClock = (offset = 0, report: (error: unknown) => void = () => {}): VirtualClock => {
  const face = createFace(offset)
  const diary = createDiary(report)
  const stopping = new AbortController()
  let advancing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const arm = () => {
    clearTimeout(timer)
    const next = diary.next()
    if (stopping.signal.aborted || face.isHeld() || !next) return
    const wait = next.due - face.now()
    if (wait > 0 && face.scale() === 0) return
    timer = setTimeout(ring, Math.max(0, Math.min(wait / (face.scale() || 1), TIMER_MAX_MS)))
    timer.unref()
  }
  const ring = () => {
    diary.startDue(face.now())
    arm()
  }
  const walk = async (milliseconds: number) => {
    face.hold(true)
    clearTimeout(timer)
    const target = face.now() + milliseconds
    await liveThrough(face, diary, target, stopping.signal)
    face.set(target)
    face.hold(false)
    arm()
  }

  return {
    now: face.now,
    stamp: () => new Date(),
    at: (due, run) => {
      const appointment = { due, cancelled: false, run }
      diary.add(appointment)
      if (diary.next() === appointment) arm()
      return appointment
    },
    advance: (milliseconds) => {
      advancing = advancing.then(() => walk(milliseconds))
      return advancing
    },
    setScale: (scale) => {
      face.setScale(scale)
      arm()
    },
    offset: face.offset,
    scale: face.scale,
    settled: diary.settled,
    stop: () => {
      stopping.abort()
      clearTimeout(timer)
    },
  }
}
