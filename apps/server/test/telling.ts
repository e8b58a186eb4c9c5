import type { World } from './world.ts'

/** Tells endpoints of everything that stands in the books, and again of what is due again. */
export async function tellAll(world: World): Promise<void> {
  await world.sweep('webhooks.fill')
  await world.sweep('webhooks.deliver')
  await world.sweep('webhooks.retry')
}
