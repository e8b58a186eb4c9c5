/** In, or a place in line and how long that takes; `full`: nobody more is let into the line. */
export type Turn = { kind: 'in' } | { kind: 'wait'; place: number; waitMs: number } | { kind: 'full' }

/** So many are let in every second, and so many at once after a quiet while. */
export interface DoorPace {
  perSecond: number
  burst: number
}
export interface LineTerms extends DoorPace {
  /** So many may wait. */
  most: number
  /** Whoever was called and does not come within this time must line up again. */
  comeWithinMs: number
}
export interface Line {
  /** Asks for one's turn, or asks again: who has a place keeps it. A door may be slower for now than it can be. */
  ask(who: string, ms: number, pace?: DoorPace): Turn
  /** Sends everybody home: there is nothing to wait for. */
  clear(): void
  readonly waiting: number
}

/**
 * A line at a door that lets in so many a second. First come, first served; no timers: whoever asks moves it on by the clock. The estimate is what the
 * door does, not a guess: with everybody in front let in at its pace, one's turn comes then.
 */
export function createLine({ most, comeWithinMs, ...usual }: LineTerms): Line {
  let allowance = usual.burst
  let asOf = -Infinity
  let queue: string[] = []
  let head = 0
  const place = new Map<string, number>() // by who: position in `queue`
  const called = new Map<string, number>() // by who: when; in that order

  function moveOn(ms: number, { perSecond, burst }: DoorPace): void {
    if (ms > asOf) {
      allowance += asOf === -Infinity ? 0 : ((ms - asOf) * perSecond) / 1000
      asOf = ms
    }
    allowance = Math.min(burst, allowance)
    for (; allowance >= 1 && head < queue.length; head++) {
      const who = queue[head]!
      place.delete(who)
      called.set(who, ms)
      allowance--
    }
    for (const [who, at] of called) {
      if (ms - at <= comeWithinMs) break
      called.delete(who)
    }
    if (head > 1000 && head * 2 > queue.length) {
      queue = queue.slice(head)
      for (const [i, who] of queue.entries()) place.set(who, i)
      head = 0
    }
  }
  function waitOf(at: number, { perSecond }: DoorPace): Turn {
    const inFront = at - head
    return {
      kind: 'wait',
      place: inFront + 1,
      waitMs: Math.ceil(((inFront + 1 - allowance) * 1000) / perSecond),
    }
  }
  return {
    ask(who, ms, pace = usual) {
      moveOn(ms, pace)
      if (called.delete(who)) return { kind: 'in' }
      const mine = place.get(who)
      if (mine !== undefined) return waitOf(mine, pace)
      if (allowance >= 1) {
        allowance--
        return { kind: 'in' }
      }
      if (queue.length - head >= most) return { kind: 'full' }
      place.set(who, queue.length)
      queue.push(who)
      return waitOf(queue.length - 1, pace)
    },
    clear() {
      queue = []
      head = 0
      place.clear()
      called.clear()
    },
    get waiting() {
      return queue.length - head
    },
  }
}
