import type { World } from '../world.ts'

/** The virtual clock as it is shown: where it is, how far ahead of real time, how fast it runs. */
export const clockView = (world: World) => ({
  now: new Date(world.clock.now()).toISOString(),
  aheadSeconds: Math.round(world.clock.offset() / 1_000),
  scale: world.clock.scale(),
})
