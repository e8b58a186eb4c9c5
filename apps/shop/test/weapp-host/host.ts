import { fire } from './events.ts'
import type { Traffic } from './instance.ts'
import { call, make, startLogic, type HostOptions, type Logic } from './logic.ts'
import { componentsOf, type WeappPackage } from './package.ts'
import type { OpenPage } from './router.ts'
import { find, type ViewNode, type Wanted } from './tree.ts'
import { openView, type Components, type View } from './view.ts'
import type { WxCall } from './wx-call.ts'
import type { Storage } from './wx-storage.ts'

/** A mini-program that runs without WeChat: its logic in Node, its view from WeChat's own compiler. */
export interface Host {
  weapp: WeappPackage
  /** Calls of `wx` that answer by callback, in order. */
  calls: WxCall[]
  /** What the app threw, logged as an error or was refused by WeChat, in words. A healthy run leaves it empty. */
  errors: string[]
  /** Names that the app looked for on `wx` and this host does not have. */
  unknown: Set<string>
  traffic: Traffic
  storage: Storage
  /** The open pages; the last is in front. */
  stack: readonly OpenPage[]
  page(): OpenPage
  /** The page in front as it looks now. */
  view(): ViewNode
  /** Opens a page over the one in front, or a tab, as a link from outside would. */
  open(url: string): Promise<void>
  back(): Promise<void>
  tap(wanted: Wanted | ViewNode): Promise<void>
  /** Types a text into a field and, when asked, confirms it with the keyboard's own key. */
  type(wanted: Wanted | ViewNode, text: string, confirm?: boolean): Promise<void>
  fire(node: ViewNode, type: string, detail?: object): Promise<void>
  /** Calls a life-cycle method of the page in front, such as `onReachBottom` or `onShareAppMessage`. */
  ask(method: string, ...args: unknown[]): Promise<unknown>
  close(): void
}

const SETTLE_MS_MAX = 10_000

/** Starts the package at its home page. Everything that a host does waits until the app has come to rest. */
export async function openHost(root: string, options: HostOptions): Promise<Host> {
  const logic = startLogic(root, options)
  const view = openView(logic.weapp.root)
  await settle(logic)
  const { weapp, ledger, wire, router, realm } = logic

  const page = () => {
    const top = router.stack.at(-1)
    if (!top) throw new Error(`no page is open: ${ledger.errors.join('\n')}`)
    return top
  }
  const draw = () => drawPage(logic, view, page())
  const fireAt = async (node: ViewNode, type: string, detail: object = {}) => {
    fire(node, type, detail, { realm, guard: ledger.guard })
    await settle(logic)
  }
  const go = async (way: string, asked: object = {}) => {
    const fail = ({ errMsg }: { errMsg: string }) => ledger.report(errMsg)
    router.functions[way]?.({ ...asked, fail })
    await settle(logic)
  }
  const nodeOf = (wanted: Wanted | ViewNode) => ('children' in wanted ? wanted : find(draw(), wanted))
  return {
    weapp,
    calls: wire.calls,
    errors: ledger.errors,
    unknown: logic.unknown,
    traffic: logic.traffic,
    storage: logic.storage,
    stack: router.stack,
    page,
    view: draw,
    open: (url) => go(weapp.tabs.includes(url.replace(/^\//, '')) ? 'switchTab' : 'navigateTo', { url }),
    back: () => go('navigateBack'),
    tap: (wanted) => fireAt(nodeOf(wanted), 'tap'),
    async type(wanted, text, confirm = false) {
      await fireAt(nodeOf(wanted), 'input', { value: text, cursor: text.length })
      if (confirm) await fireAt(nodeOf(wanted), 'confirm', { value: text })
    },
    fire: fireAt,
    async ask(method, ...args) {
      const answer = await call(logic, page().instance, method, ...args.map((each) => realm.copy(each)))
      await settle(logic)
      return answer
    },
    close: logic.timers.close,
  }
}

function drawPage(logic: Logic, view: View, { instance, tabBar }: OpenPage): ViewNode {
  const components: Components = (owner, tag) => {
    const route = componentsOf(logic.weapp, owner.route)[tag]
    return route === undefined
      ? null
      : { definition: logic.definitions.of(route), instance: make(logic, route) }
  }
  const seen = view.warnings.length
  const page = view.draw(instance, components)
  const bar = tabBar ? view.draw(tabBar, components).children : []
  for (const child of bar) if (typeof child !== 'string') child.parent = page
  page.children.push(...bar)
  view.warnings.slice(seen).forEach(logic.ledger.report)
  return page
}

/** Waits until no answer and no short timer is open, a few turns in a row. */
async function settle({ wire, timers }: Logic): Promise<void> {
  const end = Date.now() + SETTLE_MS_MAX
  let calm = 0
  while (calm < 3) {
    await new Promise((resolve) => setImmediate(resolve))
    calm = wire.open.size === 0 && timers.soon() === 0 ? calm + 1 : 0
    if (Date.now() > end)
      throw new Error(`the app did not come to rest; its last call was ${wire.calls.at(-1)?.name}`)
  }
}
