import type { World } from './world.ts'

/** Tells endpoints of everything that stands in the books. */
export async function tellAll(world: World): Promise<void> {
  await world.sweep('webhooks.fill')
  await world.sweep('webhooks.deliver')
}
