/** Starts the sandbox as a process of its own and stops it cleanly. */
import { createSandbox } from './app.ts'
import { readConfig } from './config.ts'

const start = async (): Promise<void> => {
  const sandbox = await createSandbox(readConfig(process.env))
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return
    stopping = true
    sandbox.app.log.info({ signal }, 'sandbox stopping')
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        sandbox.app.log.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const { cashierUrl } = await sandbox.listen()
  sandbox.app.log.info({ panel: new URL('/', cashierUrl).href }, 'sandbox ready')
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
