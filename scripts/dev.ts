// npm run dev: the shop as npm start runs it, and the server again whenever its sources change. The screens have their
// own watchers: npm run dev -w @linli/console, npm run dev:h5 -w @linli/shop.
import { watch } from 'node:fs'
import path from 'node:path'
import type { Linli } from './linli.ts'
import { say } from './progress.ts'
import { runUntilStopped } from './run.ts'
import { ROOT } from './settings.ts'

const WATCHED = ['apps/server/src', 'packages/contract/src']
const QUIET_MS = 150

await runUntilStopped({ whileRunning: restartOnChange, serverMayEnd: true })

function restartOnChange(linli: Linli): void {
  let waiting: NodeJS.Timeout | undefined
  let turn = Promise.resolve()
  const restart = async () => {
    try {
      await linli.restartServer()
      say('  ok server     answers again')
    } catch (error) {
      // The next change gets another chance.
      say(`  !! server     ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  for (const folder of WATCHED) {
    watch(path.join(ROOT, folder), { recursive: true }, () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        turn = turn.then(restart)
      }, QUIET_MS)
    })
  }
}
