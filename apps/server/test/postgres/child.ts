/* A process of its own that starts PostgreSQL, says what it got, and stops it when told to. See starter.ts. */
import { startPostgres, type StartOptions } from '../../src/postgres/launcher.ts'

const options: StartOptions = JSON.parse(process.argv[2] ?? '{}')
const say = (message: object) => process.send?.(message)

try {
  const { stop, ...started } = await startPostgres({ ...options, log: (line) => say({ line }) })
  say({ started })
  process.on('message', () => {
    void stop().then(() => process.disconnect())
  })
  if (process.argv[3] === 'leave') process.disconnect()
} catch (error) {
  say({ failed: String(error) })
  process.disconnect()
}
