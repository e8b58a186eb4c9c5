// npm run build: the shop as web pages and as mini-programs, and the console; only what has changed since.
import { buildWhenStale, consoleWeb, miniPrograms, shopH5 } from './builds.ts'
import { main, step } from './progress.ts'

await main(async () => {
  for (const build of [shopH5, ...miniPrograms, consoleWeb]) {
    const tell = (result: string) => (result === 'built' ? build.output : 'nothing changed')
    await step(build.name, 'building', () => buildWhenStale(build), tell)
  }
})
