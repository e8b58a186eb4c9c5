// npm run openapi: packages/contract/openapi.json and openapi-partner.json, from the route tables, for partners.
import { openApi, partnerApi, regenerate } from './generated.ts'
import { say } from './progress.ts'

for (const document of [openApi, partnerApi])
  say(`${document.file}: ${(await regenerate(document)) ? 'written' : 'nothing changed'}`)
