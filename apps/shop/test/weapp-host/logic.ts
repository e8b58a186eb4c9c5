import { existsSync } from 'node:fs'
import path from 'node:path'
import { createDefinitions, type Definitions } from './definitions.ts'
import { createInstance, type Instance, type Traffic } from './instance.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { CUSTOM_TAB_BAR, readPackage, type WeappPackage } from './package.ts'
import { openRealm, type Realm } from './realm.ts'
import { createRouter, type OpenPage, type Router } from './router.ts'
import { createTimers, type Timers } from './timers.ts'
import { createWx } from './wx.ts'
import type { Wire } from './wx-call.ts'
import type { Device } from './wx-device.ts'
import type { Network } from './wx-network.ts'
import type { Storage } from './wx-storage.ts'

export interface HostOptions {
  network: Network
  device?: Device
  storage?: Storage
  /** What a code that opened the app added to the address of its home page. */
  scene?: string
}

/** The half of a mini-program that thinks: its code in a realm of its own, with WeChat's functions around it. */
export interface Logic {
  weapp: WeappPackage
  ledger: Ledger
  timers: Timers
  realm: Realm
  definitions: Definitions
  wire: Wire
  router: Router
  storage: Storage
  traffic: Traffic
  /** Names the app looked for on `wx` and did not find. */
  unknown: Set<string>
}

/** Runs `app.js` and opens the home page. */
export function startLogic(
  root: string,
  { network, device = {}, storage = new Map<string, string>(), scene }: HostOptions,
): Logic {
  const weapp = readPackage(root)
  const ledger = createLedger()
  const timers = createTimers(ledger.guard)
  const definitions = createDefinitions((file) => realm.load(file))
  const wire: Wire = {
    calls: [],
    open: new Set(),
    copy: (value) => realm.copy(value),
    guard: ledger.guard,
    soon: (work) => void timers.globals.setTimeout(work, 0),
  }
  const router = createRouter(weapp, {
    wire,
    mount: (route, query) => mount(logic, route, query),
    tell: ({ instance }, method) => void call(logic, instance, method),
  })
  const unknown = new Set<string>()
  const quiet = () => undefined
  const realm = openRealm(weapp.root, {
    ...timers.globals,
    ...definitions.globals,
    wx: createWx(wire, { network, storage, device, routes: router.functions, unknown }),
    console: {
      log: quiet,
      info: quiet,
      debug: quiet,
      warn: quiet,
      error: (...said: unknown[]) => ledger.report(said),
    },
    getCurrentPages: () => router.stack.map(({ instance }) => instance),
  })
  const traffic = { largestBytes: 0 }
  const logic: Logic = { weapp, ledger, timers, realm, definitions, wire, router, storage, traffic, unknown }
  ledger.guard(() => boot(logic, scene === undefined ? '' : `?scene=${encodeURIComponent(scene)}`))
  return logic
}

function boot({ weapp, realm, definitions, router }: Logic, said: string): void {
  realm.load('app.js')
  const app = definitions.app()
  const [home = ''] = weapp.pages
  for (const method of ['onLaunch', 'onShow']) {
    const own = app[method]
    if (typeof own === 'function')
      (own as (launched: unknown) => unknown).call(app, realm.copy({ path: home, query: {}, scene: 1001 }))
  }
  router.launch(`/${home}${said}`)
}

/** Makes an instance of a page or component. */
export function make({ definitions, realm, traffic, wire }: Logic, route: string): Instance {
  return createInstance(route, definitions.of(route), { realm, traffic, soon: wire.soon })
}

/** Calls a method of an instance, if it has it. What it throws goes on the list. */
export function call({ ledger }: Logic, instance: Instance, method: string, ...args: unknown[]): unknown {
  const own = instance[method]
  if (typeof own !== 'function') return undefined
  return ledger.guard(() => (own as (...given: unknown[]) => unknown).call(instance, ...args))
}

function mount(logic: Logic, route: string, query: Record<string, string>): OpenPage {
  const instance = make(logic, route)
  const tabBar = logic.weapp.tabs.includes(route) ? tabBarOf(logic) : null
  instance['options'] = logic.realm.copy(query)
  instance['getTabBar'] = () => tabBar
  call(logic, instance, 'onLoad', logic.realm.copy(query))
  if (tabBar) attach(logic, tabBar)
  return { route, query, instance, tabBar }
}

function tabBarOf(logic: Logic): Instance | null {
  const { weapp, ledger } = logic
  if (weapp.app.tabBar?.custom !== true) return null
  if (existsSync(path.join(weapp.root, `${CUSTOM_TAB_BAR}.js`))) return make(logic, CUSTOM_TAB_BAR)
  ledger.report(`Component is not found in path "${CUSTOM_TAB_BAR}"`) // WeChat's words; the page opens all the same
  return null
}

function attach(logic: Logic, component: Instance): void {
  const { lifetimes } = logic.definitions.of(component.route)
  if (lifetimes?.['attached']) component['attached'] = lifetimes['attached']
  call(logic, component, 'attached')
}
