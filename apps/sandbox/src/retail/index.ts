/** The systems of other vendors that a shop works with, played: what connects to the product by signed requests. */
import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { till } from './till/index.ts'

/** Registers them. */
export const retail = async (app: FastifyInstance, world: World): Promise<void> => {
  await app.register((scope) => till(scope, world), { prefix: '/till' })
}
