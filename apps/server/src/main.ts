import { serve } from './serve.ts'
import { ConfigError, readConfig } from '#kernel/config'

async function main(): Promise<void> {
  await serve(readConfig())
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String((error as Error).stack ?? error)}\n`,
  )
  process.exit(1)
})
