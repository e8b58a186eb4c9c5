// npm run db:migrate: brings the database up to date; DATABASE_URL's, or our own.
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { withDatabase } from './database.ts'
import { say } from './progress.ts'

await withDatabase(async (url) => {
  const done = await migrate(url)
  say(done.length > 0 ? `applied ${done.join(', ')}` : 'all migrations were applied before')
})
