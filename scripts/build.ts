// npm run build: the shop as web pages and as mini-programs, and the console; only what has changed since.
import { buildWhenStale, consoleWeb, miniPrograms, shopH5 } from './builds.ts'
import { step } from './progress.ts'

for (const build of [shopH5, ...miniPrograms, consoleWeb]) {
  await step(
    build.name,
    'building',
    () => buildWhenStale(build),
    (result) => (result === 'built' ? build.output : 'nothing changed'),
  )
}
