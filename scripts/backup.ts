// npm run backup [-- FILE]: every row of the database that npm start uses (or DATABASE_URL's), in one compressed file.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { writeBackup } from './archive.ts'
import { withDatabase } from './database.ts'
import { main, say } from './progress.ts'

await main(async () => {
  const now = new Date()
  const file = path.resolve(
    process.argv[2] ?? `linli-${now.toISOString().replaceAll(/[:.]/g, '-')}.backup.gz`,
  )
  if (existsSync(file)) throw new Error(`${file} exists already: choose another name`)
  const { rows, tables } = await withDatabase((url) => writeBackup(url, file, now))
  say(`${rows} rows of ${tables} tables are in ${file}`)
  say(
    'Keep SECRET_KEY (in the demo: DATA_DIR/secret.key) elsewhere: phones and addresses cannot be read without it.',
  )
})
