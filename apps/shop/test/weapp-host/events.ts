import type { Realm } from './realm.ts'
import { textAttribute, type ViewNode } from './tree.ts'

// WeChat's basic events climb from the element to the page; those of a component (input, change, scroll) stay.
const CLIMBS = new Set(['tap', 'longpress', 'touchstart', 'touchmove', 'touchend', 'touchcancel'])

interface Hand {
  realm: Realm
  guard(work: () => void): void
}

/**
 * Fires an event at an element as WeChat does: every element on the way up that binds it is called, until one catches it.
 * Taro counts on that climb: it marks the listeners of parents to be skipped, and only the climb takes the marks off.
 */
export function fire(node: ViewNode, type: string, detail: object, { realm, guard }: Hand): void {
  const target = pointTo(node)
  for (let at: ViewNode | null = node; at !== null; at = at.parent) {
    const bound = textAttribute(at, `bind${type}`)
    const caught = textAttribute(at, `catch${type}`)
    const method = at.owner[caught || bound]
    const owner = at.owner
    if (typeof method === 'function') {
      const event = realm.copy({
        type,
        timeStamp: Date.now(),
        target,
        currentTarget: pointTo(at),
        mark: {},
        detail,
        touches: [],
        changedTouches: [],
      })
      guard(() => void (method as (event: unknown) => unknown).call(owner, event))
    }
    if (caught !== '' || !CLIMBS.has(type)) return
  }
}

function pointTo(node: ViewNode) {
  const dataset = Object.entries(node.attributes)
    .filter(([name]) => name.startsWith('data-'))
    .map(([name, value]) => [name.slice('data-'.length), value])
  return {
    id: textAttribute(node, 'id'),
    dataset: Object.fromEntries(dataset) as Record<string, unknown>,
    offsetLeft: 0,
    offsetTop: 0,
  }
}
