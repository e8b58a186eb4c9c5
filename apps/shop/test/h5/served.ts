import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import type { Network } from '../weapp-host/wx-network.ts'

const DIST = path.resolve(import.meta.dirname, '../../dist/h5')
const DRAWINGS = path.resolve(import.meta.dirname, '../../../../node_modules/@lobehub/fluent-emoji-3d/assets')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.webp': 'image/webp',
}

export interface Served {
  origin: string
  close: () => void
}

/** The built pages, compressed as the server sends them; builds first when the sources have changed. */
export async function serveShop(): Promise<Served> {
  await buildWhenStale(shopH5)
  const server: Server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const wanted = path.join(DIST, pathname)
    const file = path.extname(pathname) !== '' && existsSync(wanted) ? wanted : path.join(DIST, 'index.html')
    const brotli = existsSync(`${file}.br`) && String(request.headers['accept-encoding']).includes('br')
    reply.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      ...(brotli && { 'content-encoding': 'br' }),
    })
    reply.end(readFileSync(brotli ? `${file}.br` : file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://localhost:${port}`, close: () => server.close() }
}

/** Answers the page's API calls from a canned network, and its pictures from the drawings they are named after. */
export async function answerFrom(page: Page, network: Network): Promise<void> {
  await page.route(/\/(v1|staff\/v1)\//, async (route) => {
    const request = route.request()
    const asked = {
      method: request.method(),
      url: request.url(),
      headers: request.headers(),
      body: request.postData() ?? undefined,
    }
    const answer = await network(asked)
    if (answer === null) return route.abort('internetdisconnected')
    const body = answer.body === null || answer.body === undefined ? '' : JSON.stringify(answer.body)
    return route.fulfill({ status: answer.status, contentType: 'application/json', body })
  })
  await page.route(/\/media\//, async (route) => {
    const file = path.join(DRAWINGS, path.basename(new URL(route.request().url()).pathname))
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 })
  })
}

/** Signs a member or clerk in before the page starts, as an earlier visit would have; `elder` sets the face. */
export async function rememberOnPhone(page: Page, kept: Record<string, unknown>): Promise<void> {
  await page.addInitScript((values) => {
    for (const [key, value] of Object.entries(values))
      localStorage.setItem(key, JSON.stringify({ data: JSON.stringify(value) }))
  }, kept)
}
