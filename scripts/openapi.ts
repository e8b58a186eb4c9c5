// npm run openapi: packages/contract/openapi.json, from the route tables, for partners.
import { openApi, regenerate } from './generated.ts'
import { say } from './progress.ts'

say(`${openApi.file}: ${(await regenerate(openApi)) ? 'written' : 'nothing changed'}`)
