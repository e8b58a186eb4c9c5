// npm run restore -- FILE: fills an empty database (DATABASE_URL's, or our own in DATA_DIR) from a backup.
import path from 'node:path'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { restoreBackup } from './archive.ts'
import { withDatabase } from './database.ts'
import { say } from './progress.ts'

const [given] = process.argv.slice(2)
if (!given) {
  say('usage: npm run restore -- FILE')
  process.exit(1)
}
const file = path.resolve(given)
try {
  const { rows, tables, takenAt } = await withDatabase(async (url) => {
    await migrate(url)
    return restoreBackup(url, file)
  })
  say(`restored ${rows} rows of ${tables} tables, as of ${takenAt}`)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
