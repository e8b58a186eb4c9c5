import { Worker } from 'node:worker_threads'
import type { Work } from './painting.ts'

/** So many wait at most; who comes later is asked to come back. */
const MOST_WAITING = 40
const WITHIN_MS = 10_000
/** Fonts take 17 MB: nobody keeps them who does not draw. */
const IDLE_MS = 60_000

type Answer = { id: number; picture: Uint8Array } | { id: number; fault: string }
interface Waiting {
  resolve(picture: Buffer): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

export interface Drawing {
  /** A picture; undefined: so many wait that this one is not taken on. */
  draw(work: Work): Promise<Buffer> | undefined
  close(): Promise<void>
}

/** Draws in a thread that is there while there is something to draw. */
export function createDrawing(): Drawing {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let next = 1

  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id)
    waiting.delete(id)
    clearTimeout(one?.timer)
    return one
  }
  async function stop(reason: string): Promise<void> {
    const ended = thread
    thread = undefined
    clearTimeout(idle)
    for (const id of waiting.keys()) take(id)?.reject(new Error(reason))
    await ended?.terminate()
  }
  function start(): Worker {
    const begun = new Worker(new URL('./drawing-thread.ts', import.meta.url))
    begun.unref()
    begun.on('message', (answer: Answer) => {
      const one = take(answer.id)
      if ('picture' in answer) one?.resolve(Buffer.from(answer.picture))
      else one?.reject(new Error(answer.fault))
      if (waiting.size === 0) idle = setTimeout(() => void stop('idle'), IDLE_MS).unref()
    })
    begun.on('error', (error) => {
      if (thread === begun) void stop(error instanceof Error ? error.message : 'the drawing thread broke')
    })
    return begun
  }

  return {
    draw(work) {
      if (waiting.size >= MOST_WAITING) return undefined
      clearTimeout(idle)
      thread ??= start()
      const id = next++
      const drawn = new Promise<Buffer>((resolve, reject) => {
        const timer = setTimeout(() => void stop('a picture took too long'), WITHIN_MS).unref()
        waiting.set(id, { resolve, reject, timer })
      })
      thread.postMessage({ id, work }, [])
      return drawn
    },
    close: () => stop('closing'),
  }
}
