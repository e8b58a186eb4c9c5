import type { Instance } from './instance.ts'
import type { WeappPackage } from './package.ts'
import { answering, WxFailure, type Wire, type WxFunction } from './wx-call.ts'

const STACK_MAX = 10

/** A page on the stack. Its tab bar is a component of ours where the package has one. */
export interface OpenPage {
  route: string
  query: Record<string, string>
  instance: Instance
  tabBar: Instance | null
}

interface Around {
  wire: Wire
  /** Makes the page and calls its `onLoad`. */
  mount(route: string, query: Record<string, string>): OpenPage
  /** Calls a life-cycle method of a page, if it has it. */
  tell(page: OpenPage, method: string): void
}

export interface Router {
  functions: Record<string, WxFunction>
  stack: OpenPage[]
  launch(url: string): void
}

/** The page stack with WeChat's rules: tabs are reached by `switchTab` alone and stay alive, other pages go when left. */
export function createRouter(weapp: WeappPackage, { wire, mount, tell }: Around): Router {
  const stack: OpenPage[] = []
  const tabs = new Map<string, OpenPage>()

  const isTab = (route: string) => weapp.tabs.includes(route)
  const pageOf = (url: unknown) => {
    const { route, query } = readUrl(String(url))
    if (!weapp.pages.includes(route)) throw new WxFailure(`page "${route}" is not found`)
    return { route, query }
  }
  const notTab = (route: string) => {
    if (isTab(route)) throw new WxFailure('can not navigateTo a tabbar page')
  }
  const show = (page: OpenPage) => {
    stack.push(page)
    tell(page, 'onShow')
  }
  const drop = () => {
    const gone = stack.pop()
    if (!gone) return
    if (isTab(gone.route)) tell(gone, 'onHide')
    else tell(gone, 'onUnload')
  }
  const open = (route: string, query: Record<string, string>) => {
    const kept = tabs.get(route)
    const page = kept ?? mount(route, query)
    if (isTab(route)) tabs.set(route, page)
    show(page)
    if (!kept) wire.soon(() => tell(page, 'onReady'))
  }
  const clear = () => {
    while (stack.length > 0) drop()
  }

  const navigateTo = ({ url }: Record<string, unknown>) => {
    const { route, query } = pageOf(url)
    notTab(route)
    if (stack.length >= STACK_MAX) throw new WxFailure('webview count limit exceed')
    const below = stack.at(-1)
    if (below) tell(below, 'onHide')
    open(route, query)
  }
  const redirectTo = ({ url }: Record<string, unknown>) => {
    const { route, query } = pageOf(url)
    notTab(route)
    drop()
    open(route, query)
  }
  const switchTab = ({ url }: Record<string, unknown>) => {
    const { route } = pageOf(url)
    if (!isTab(route)) throw new WxFailure('can not switch to no-tabBar page')
    clear()
    open(route, {})
  }
  const reLaunch = ({ url }: Record<string, unknown>) => {
    const { route, query } = pageOf(url)
    clear()
    for (const page of tabs.values()) tell(page, 'onUnload')
    tabs.clear()
    open(route, query)
  }
  const navigateBack = ({ delta = 1 }: Record<string, unknown>) => {
    if (stack.length < 2) throw new WxFailure('cannot navigate back at first page.')
    for (let i = 0; i < Number(delta) && stack.length > 1; i++) drop()
    const now = stack.at(-1)
    if (now) tell(now, 'onShow')
  }
  const ways = { navigateTo, redirectTo, switchTab, reLaunch, navigateBack }
  return {
    functions: Object.fromEntries(
      Object.entries(ways).map(([name, way]) => [name, answering(wire, name, way)]),
    ),
    stack,
    launch: (url) => reLaunch({ url }),
  }
}

/** Reads an address as WeChat does: escapes in the query are left as they are, which is the page's own work to undo. */
export function readUrl(url: string): { route: string; query: Record<string, string> } {
  const [place = '', search = ''] = url.split('?')
  const pairs = search
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split('='))
  const query = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
  return { route: place.replace(/^\//, ''), query }
}
