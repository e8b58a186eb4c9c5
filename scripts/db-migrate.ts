// npm run db:migrate: brings the database up to date; DATABASE_URL's, or our own.
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { withDatabase } from './database.ts'
import { main, say } from './progress.ts'

await main(async () => {
  const done = await withDatabase(migrate)
  say(done.length > 0 ? `applied ${done.join(', ')}` : 'all migrations were applied before')
})
