import path from 'node:path'
import { startPostgres } from '../apps/server/src/postgres/launcher.ts'
import { say } from './progress.ts'
import { readSettings } from './settings.ts'

/** Gives `work` the address of the database that npm start uses: DATABASE_URL's, or our own, started if need be. */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readSettings()
  if (databaseUrl) return work(databaseUrl)
  const postgres = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), log: say })
  try {
    return await work(postgres.connectionString)
  } finally {
    await postgres.stop()
  }
}
