import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { BASE_STYLES, frame, VIEWPORT } from './base-styles.ts'
import { compileWxss } from './compiler.ts'
import type { Host } from './host.ts'
import { toHtml } from './markup.ts'
import { clockColour } from './package.ts'
import type { ViewNode } from './tree.ts'

/** A file that the server would give for an address of the app, such as a product's picture; null when it has none. */
export type Media = (pathname: string) => string | null

/** The page in front as a browser draws it: WeChat's tree, WeChat's compiled styles. A tap on it reaches the app's logic. */
export interface Picture {
  page: Page
  /** Draws what the host shows now. A tap in the picture does so by itself. */
  paint(): Promise<void>
  /** Does something that taps the picture, and waits until the app has answered and is drawn again. */
  touch(work: () => Promise<void>): Promise<void>
  /** Keeps the picture: the first screen, or with `whole` the page from top to bottom. */
  shoot(file: string, whole?: boolean): Promise<void>
}

const ORIGIN = 'http://weapp.localhost'
const TYPES: Record<string, string> = { '.webp': 'image/webp', '.png': 'image/png', '.svg': 'image/svg+xml' }

declare global {
  interface Window {
    weapp(type: Heard, node: number, value: string): Promise<void>
  }
}

type Heard = 'tap' | 'input' | 'confirm'

/** Opens a picture of a host in a phone-sized browser. */
export async function openPicture(context: BrowserContext, host: Host, media: Media): Promise<Picture> {
  const page = await context.newPage()
  await page.setViewportSize(VIEWPORT)
  await serve(page, host, media)
  let nodes: ViewNode[] = []
  let drawn = ''
  let answered: () => void = () => undefined

  const paint = async () => {
    const key = `${host.stack.length} ${host.page().route}`
    if (key !== drawn) {
      await page.goto(ORIGIN)
      await page.evaluate(listen)
      drawn = key
    }
    nodes = []
    const html = toHtml(host.view(), nodes)
    await page.locator('#page').evaluate((place, html) => (place.innerHTML = html), html)
  }
  await page.exposeFunction('weapp', async (type: Heard, number: number, value: string) => {
    const node = nodes[number]
    if (!node) return
    try {
      await host.fire(node, type, type === 'tap' ? {} : { value })
      // A field keeps the cursor: it is drawn anew only when something else happens.
      if (type !== 'input') await paint()
    } finally {
      answered()
    }
  })
  await paint()
  return {
    page,
    paint,
    async touch(work) {
      const answer = new Promise<void>((resolve) => (answered = resolve))
      await work()
      await answer
    },
    async shoot(file, whole = false) {
      const height = whole ? await page.evaluate(() => document.body.scrollHeight) : VIEWPORT.height
      await page.setViewportSize({ width: VIEWPORT.width, height: Math.max(height, VIEWPORT.height) })
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: file })
      await page.setViewportSize(VIEWPORT)
    },
  }
}

/** Answers the browser: an empty page with the styles of the page in front, the package's files, the server's pictures. */
async function serve(page: Page, host: Host, media: Media): Promise<void> {
  const { root } = host.weapp
  const sheets = compileWxss(root)
  await page.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url())
    if (origin === ORIGIN && pathname === '/')
      return route.fulfill({ contentType: 'text/html', body: emptyPage(host, sheets) })
    const inPackage = path.join(root, pathname)
    const file = origin === ORIGIN && existsSync(inPackage) ? inPackage : media(pathname)
    if (file === null) return route.fulfill({ status: 404 })
    const contentType = TYPES[path.extname(file)] ?? 'text/plain'
    return route.fulfill({ contentType, body: await readFile(file) })
  })
}

/** The clock in the colour that the page in front asked for; every page of ours asks when it is shown. */
export function clockOf(host: Host): 'black' | 'white' {
  const said = host.calls.filter(({ name }) => name === 'setNavigationBarColor').at(-1)
  if (!said) return clockColour(host.weapp, host.page().route)
  return said.options['frontColor'] === '#ffffff' ? 'white' : 'black'
}

function emptyPage(host: Host, sheets: Record<string, string>): string {
  const { route, tabBar } = host.page()
  const files = ['app.wxss', `${route}.wxss`, ...(tabBar ? [`${tabBar.route}.wxss`] : [])]
  // Each compiled sheet is a call that gives back a function, which appends the styles: after the base, so they beat it.
  const styles = files.flatMap((file) => (sheets[file] ? [`${sheets[file]}('')`] : []))
  return `<!doctype html>
<html lang="zh-CN">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${BASE_STYLES}</style></head>
  <body>
    <div id="page"></div>${frame(clockOf(host))}
    <script>${[sheets['comm'] ?? '', ...styles].join(';')}</script>
  </body>
</html>`
}

/** Runs in the browser: sends taps and typing to the host. */
function listen(): void {
  const numberOf = (target: EventTarget | null) => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-node]') : null
    return element ? Number(element.dataset['node']) : -1
  }
  const valueOf = (target: EventTarget | null) => (target instanceof HTMLInputElement ? target.value : '')
  document.addEventListener('click', ({ target }) => void window.weapp('tap', numberOf(target), ''))
  document.addEventListener(
    'input',
    ({ target }) => void window.weapp('input', numberOf(target), valueOf(target)),
  )
  document.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' && target instanceof HTMLInputElement)
      void window.weapp('confirm', numberOf(target), target.value)
  })
}
