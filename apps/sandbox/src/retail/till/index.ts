/**
 * A till of a pretended vendor, with its screen. It talks to the shop over `/partner/v1` alone, goes on without a line, and is all that
 * docs/integration.md asks of a till; `POST line` and `POST luck` make lines as bad as real ones.
 */
import type { FastifyInstance } from 'fastify'
import { guardOrigins } from '../../origins.ts'
import { pageSender } from '../../panel/sending.ts'
import type { World } from '../../world.ts'
import { happeningAt } from '../../world.ts'
import { createSender } from './queue.ts'
import { mountTill } from './routes.ts'
import { tillPage } from './page.ts'
import { openTill } from './till.ts'

/** Registers the till: its page, and what the page asks of it. */
export const till = async (app: FastifyInstance, world: World): Promise<void> => {
  guardOrigins(app, world.config)
  const own = await openTill({ dataDir: world.config.dataDir, now: () => happeningAt(world).getTime() })
  const sender = createSender(own, (error) => world.log.error(error))
  const sendPage = pageSender(world.config)
  app.get('', (_request, reply) => sendPage(reply, tillPage()))
  mountTill(app, own, { sender, friendly: world.config })
  app.addHook('onListen', async () => sender.start())
  app.addHook('onClose', async () => {
    sender.stop()
    await own.turn(own.save)
  })
}
