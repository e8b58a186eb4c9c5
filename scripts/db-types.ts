// npm run db:types: apps/server/db/schema.ts, from a database that the migrations made.
import { databaseTypes, regenerate } from './generated.ts'
import { say } from './progress.ts'

say(`${databaseTypes.file}: ${(await regenerate(databaseTypes)) ? 'written' : 'nothing changed'}`)
