import type { Realm } from './realm.ts'

type Method = (this: Instance, ...args: unknown[]) => unknown

/** What `Page({…})` or `Component({…})` was given. */
export interface Definition {
  data?: Record<string, unknown>
  properties?: Record<string, { value?: unknown }>
  methods?: Record<string, Method>
  lifetimes?: Record<string, Method>
  options?: { virtualHost?: boolean }
  [name: string]: unknown
}

/** A page or a component as the package's own code sees it: `this`. */
export interface Instance {
  route: string
  data: Record<string, unknown>
  setData(change: Record<string, unknown>, done?: () => void): void
  [name: string]: unknown
}

/** How much the logic has sent to the view; WeChat sends every `setData` as text between two threads. */
export interface Traffic {
  largestBytes: number
}

interface Around {
  realm: Realm
  traffic: Traffic
  soon(work: () => void): void
}

/** Makes an instance with a copy of the definition's data. Every `setData` is copied too: nothing is shared with the view. */
export function createInstance(route: string, definition: Definition, around: Around): Instance {
  const { realm, traffic, soon } = around
  const instance: Instance = {
    ...definition,
    ...definition.methods,
    route,
    __route__: route,
    data: realm.copy(definition.data ?? {}),
    setData(change, done) {
      const text = JSON.stringify(change)
      traffic.largestBytes = Math.max(traffic.largestBytes, Buffer.byteLength(text))
      for (const [place, value] of Object.entries(realm.copy(change))) put(instance.data, place, value)
      if (done) soon(() => done.call(instance))
    },
    getPageId: () => route,
    selectComponent: () => null,
  }
  return instance
}

/** Sets the value at a path such as `root.cn.[0].v`, making what is missing on the way. */
export function put(data: Record<string, unknown>, place: string, value: unknown): void {
  const steps = place
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
  const last = steps.pop()
  if (last === undefined) throw new Error('setData with an empty path')
  let at = data
  steps.forEach((step, i) => {
    const next = steps[i + 1] ?? last
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = /^\d+$/.test(next) ? [] : {}
    at = at[step] as Record<string, unknown>
  })
  at[last] = value
}
