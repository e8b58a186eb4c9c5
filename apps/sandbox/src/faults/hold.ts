/** Waiting and holding, bounded, and never outliving the sandbox. */
import type { FastifyReply } from 'fastify'
import type { World } from '../world.ts'

const HOLD_MS = 30_000

/** Keeps the connection open without a word, then drops it: the client's own time-out normally comes first. */
export const holdThenDrop = async (world: World, reply: FastifyReply, ms = HOLD_MS): Promise<void> => {
  reply.hijack()
  await Promise.race([pause(world, ms), new Promise((gone) => reply.raw.once('close', gone))])
  reply.raw.destroy()
}

/** Waits real time, or until the sandbox stops. */
export const pause = (world: World, ms: number): Promise<void> =>
  new Promise((done) => {
    const finish = () => {
      clearTimeout(timer)
      world.stopping.removeEventListener('abort', finish)
      done()
    }
    const timer = setTimeout(finish, ms)
    world.stopping.addEventListener('abort', finish)
    if (world.stopping.aborted) finish()
  })
