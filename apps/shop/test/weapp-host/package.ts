import { readFileSync } from 'node:fs'
import path from 'node:path'

interface AppJson {
  pages: string[]
  window?: Pick<PageJson, 'navigationBarTextStyle'>
  subPackages?: { root: string; pages: string[] }[]
  tabBar?: {
    custom?: boolean
    list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
  }
}

/** Where WeChat looks for the component that draws a custom tab bar. */
export const CUSTOM_TAB_BAR = 'custom-tab-bar/index'

/** A built mini-program: a folder with `app.json` at its top. */
export interface WeappPackage {
  root: string
  app: AppJson
  /** Every page of every part, in the order of `app.json`; the first is the home page. */
  pages: string[]
  tabs: string[]
}

const withoutSlashes = (folder: string) => folder.replaceAll(/^\/|\/$/g, '')

/** Reads what `app.json` declares. */
export function readPackage(root: string): WeappPackage {
  const app = readJson(path.join(root, 'app.json')) as AppJson
  const areas = app.subPackages ?? []
  const pages = [
    ...app.pages,
    ...areas.flatMap((area) => area.pages.map((page) => `${withoutSlashes(area.root)}/${page}`)),
  ]
  return {
    root: path.resolve(root),
    app,
    pages,
    tabs: app.tabBar?.list.map(({ pagePath }) => pagePath) ?? [],
  }
}

interface PageJson {
  usingComponents?: Record<string, string>
  navigationBarTextStyle?: 'black' | 'white'
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The components that a page or component may use: the route of each by its tag. */
export function componentsOf({ root }: Pick<WeappPackage, 'root'>, route: string): Record<string, string> {
  const { usingComponents = {} } = readJson(path.join(root, `${route}.json`)) as PageJson
  const routes = Object.entries(usingComponents).map(([tag, place]) => [
    tag,
    place.startsWith('/') ? place.slice(1) : path.posix.join(path.posix.dirname(route), place),
  ])
  return Object.fromEntries(routes) as Record<string, string>
}

/** The colour of the clock in the status bar over a page. */
export function clockColour(weapp: WeappPackage, route: string): 'black' | 'white' {
  const { navigationBarTextStyle } = readJson(path.join(weapp.root, `${route}.json`)) as PageJson
  return navigationBarTextStyle ?? weapp.app.window?.navigationBarTextStyle ?? 'white'
}
