/** A Chromium without a window, and a shop page that embeds the sandbox's sheets as the H5 shop does. */
import bundled from '@sparticuz/chromium'
import { existsSync } from 'node:fs'
import http from 'node:http'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
/** With these the browser dies together with the first page that is closed. */
const UNWANTED = new Set(['--single-process', '--no-zygote'])

/** The browser that comes through npm on Linux x64, the installed one elsewhere, or null. */
export const openBrowser = async (): Promise<Browser | null> => {
  const ownOne = process.platform === 'linux' && process.arch === 'x64'
  const executablePath = ownOne ? await bundled.executablePath() : INSTALLED.find((file) => existsSync(file))
  if (!executablePath) return null
  const args = ownOne ? bundled.args.filter((arg) => !UNWANTED.has(arg)) : []
  return chromium.launch({ executablePath, args: [...args, '--no-sandbox', '--disable-gpu'] })
}

export type Host = { origin: string; close: () => Promise<void> }

const HOST_PAGE = `<!doctype html><title>shop</title><script>
window.told = []
addEventListener('message', (event) => window.told.push({ origin: event.origin, data: event.data }))
window.embed = (url) => {
  const frame = document.createElement('iframe')
  frame.src = url
  frame.style = 'position:fixed;inset:0;width:100%;height:100%;border:0'
  document.body.append(frame)
}
</script><body></body>`

/** Any path answers the same page; it keeps what it is told in `window.told`. */
export const startHost = async (): Promise<Host> => {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(HOST_PAGE)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
