// npm run restore -- FILE: fills an empty database (DATABASE_URL's, or our own in DATA_DIR) from a backup.
import path from 'node:path'
import { restoreBackup } from './archive.ts'
import { withDatabase } from './database.ts'
import { main, say } from './progress.ts'

await main(async () => {
  const [file] = process.argv.slice(2)
  if (!file) throw new Error('usage: npm run restore -- FILE')
  const { rows, tables, takenAt } = await withDatabase((url) => restoreBackup(url, path.resolve(file)))
  say(`restored ${rows} rows of ${tables} tables, as of ${takenAt}`)
})
