import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { allRoutes, openApiOf, partnerRoutes } from '@linli/contract'
import { PARTNER_EXAMPLES } from '@linli/contract/partner-examples'
import { WEBHOOK_EVENTS } from '@linli/contract/webhook-events'
import { Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as PostgresTypes } from 'kysely-codegen'
import { Pool } from 'pg'
import { API_INFO } from '../apps/server/src/kernel/ops.ts'
import { createDatabase } from '../apps/server/test/postgres-server.ts'
import { ROOT } from './settings.ts'

/** A file that is committed although it follows from others, so that a review shows what changed. */
export type Generated = { file: string; npmScript: string; make(): Promise<string> }

export const databaseTypes: Generated = {
  file: 'apps/server/db/schema.ts',
  npmScript: 'db:types',
  make: typesOfMigratedDatabase,
}

export const openApi: Generated = {
  file: 'packages/contract/openapi.json',
  npmScript: 'openapi',
  make: () =>
    Promise.resolve(
      `${JSON.stringify(openApiOf(allRoutes, API_INFO, { examples: PARTNER_EXAMPLES }), null, 2)}\n`,
    ),
}

/** Tills and an ERP read this one alone. */
export const partnerApi: Generated = {
  file: 'packages/contract/openapi-partner.json',
  npmScript: 'openapi',
  make: () =>
    Promise.resolve(
      `${JSON.stringify(openApiOf(partnerRoutes, { ...API_INFO, title: `${API_INFO.title} · partners` }, { examples: PARTNER_EXAMPLES, webhooks: WEBHOOK_EVENTS }), null, 2)}\n`,
    ),
}

/** Writes the file; answers whether that changed it. */
export async function regenerate({ file, make }: Generated): Promise<boolean> {
  const place = path.join(ROOT, file)
  const made = await make()
  const isNew = made !== committed(place)
  if (isNew) writeFileSync(place, made)
  return isNew
}

/** Says what is wrong when the committed file is not what its sources make; undefined when all is well. */
export async function staleness({ file, npmScript, make }: Generated): Promise<string | undefined> {
  const isSame = (await make()) === committed(path.join(ROOT, file))
  return isSame ? undefined : `${file} is not what its sources make: run "npm run ${npmScript}" and commit it`
}

function committed(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8')
  } catch {
    return undefined
  }
}

async function typesOfMigratedDatabase(): Promise<string> {
  const database = await createDatabase()
  const pool = new Pool({ connectionString: database.url, max: 1 })
  // Dropping the database ends a connection that is still saying goodbye; nobody needs it any more.
  pool.on('error', () => {})
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  try {
    return await generate({
      db,
      dialect: new PostgresTypes(),
      defaultSchemas: ['public'],
      includePattern: 'public.*',
      excludePattern: 'public.schema_migration',
      typeMapping: { int8: 'number', date: 'string', timestamptz: 'Date', json: 'unknown', jsonb: 'unknown' },
      outFile: null,
    })
  } finally {
    await db.destroy()
    await database.drop()
  }
}
