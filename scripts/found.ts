// npm run found -- FILE: founds a chain, or adds stores and categories to it, from a file (docs/operations.md).
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { foundChain } from '../apps/server/db/found/chain.ts'
import { type Founding, readFounding } from '../apps/server/db/found/file.ts'
import { withDatabase } from './database.ts'
import { main, say } from './progress.ts'

await main(async () => {
  const [file] = process.argv.slice(2)
  if (!file) throw new Error('usage: npm run found -- FILE   (docs/found.example.json shows one)')
  const founding = readFounding(readFileSync(file, 'utf8'))
  const { chain, stores, categories } = await withDatabase((url) => found(url, founding))
  if (!chain && stores.length + categories.length === 0) return say('everything in the file was there before')
  if (chain) say(`the chain ${founding.name}`)
  if (stores.length > 0) say(`stores ${stores.join(', ')}`)
  if (categories.length > 0) say(`categories ${categories.join(', ')}`)
})

async function found(url: string, founding: Founding) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    const founded = await foundChain(client, founding)
    await client.query('commit')
    return founded
  } finally {
    // Without the commit the end of the connection takes everything back.
    await client.end()
  }
}
