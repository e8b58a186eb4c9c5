import chromium from '@sparticuz/chromium'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core'

const SHOTS = path.join(import.meta.dirname, '../../../../test-results/screens')
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const PHONE = { width: 375, height: 812 }
const DESK = { width: 1440, height: 900 }

/** A Chromium without a window: the one that comes through npm on Linux x64, elsewhere the installed one. */
export async function openBrowser(): Promise<Browser> {
  const bundled = process.platform === 'linux' && process.arch === 'x64'
  const executablePath = bundled
    ? await chromium.executablePath()
    : INSTALLED.find((file) => existsSync(file))
  if (!executablePath)
    throw new Error(`no Chromium found: install Google Chrome (looked at ${INSTALLED.join(', ')})`)
  return playwright.launch({
    executablePath,
    args: [
      ...(bundled ? chromium.args : []),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const openPhone = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
export const openDesk = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({
    viewport: DESK,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })

/** Where a picture of a screen is kept, to be looked at after the run. */
export function shotFile(name: string): string {
  mkdirSync(SHOTS, { recursive: true })
  return path.join(SHOTS, `${name}.png`)
}
