// The reference of the API as a partner's developer opens it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openWorld, type World } from '../world.ts'
import { openBrowser, openDesk } from './browser.ts'

let world: World
let browser: Browser
before(async () => {
  world = await openWorld()
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await world.close()
})

test('GET /docs · lists every operation, and the browser has nothing to complain about', async () => {
  const context = await openDesk(browser)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${world.origin}/docs`)
  await page.locator('.opblock').first().waitFor()
  const { paths } = (await (await fetch(`${world.origin}/openapi.json`)).json()) as { paths: object }
  const operations = Object.values(paths).reduce(
    (sum: number, path) => sum + Object.keys(path as object).length,
    0,
  )
  // Many operations are drawn as they come into sight: read on until no more come.
  const seen = new Set<string>()
  for (let still = 0; still < 10 && seen.size < operations; still++) {
    const known = seen.size
    const ids = await page.locator('.opblock').evaluateAll((blocks) => blocks.map(({ id }) => id))
    for (const id of ids) seen.add(id)
    if (seen.size > known) still = 0
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(50)
  }
  assert.equal(seen.size, operations)
  assert.deepEqual(complaints, [])
  await context.close()
})
