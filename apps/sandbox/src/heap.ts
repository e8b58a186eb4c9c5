/** The waiting appointments of the clock: earliest first, and first come first served among equals. */

export type Due = { due: number }

export type Heap<T extends Due> = { peek: () => T | undefined; push: (item: T) => void; pop: () => void }

/** An empty binary heap. */
export const createHeap = <T extends Due>(): Heap<T> => {
  const items: { order: number; item: T }[] = []
  let order = 0
  const before = (a: number, b: number) => {
    const left = items[a]
    const right = items[b]
    if (!left || !right) return false
    return left.item.due === right.item.due ? left.order < right.order : left.item.due < right.item.due
  }
  const swap = (a: number, b: number) => {
    const left = items[a]
    const right = items[b]
    if (!left || !right) return
    items[a] = right
    items[b] = left
  }
  return {
    peek: () => items[0]?.item,
    push: (item: T) => {
      items.push({ order: order++, item })
      for (let at = items.length - 1; at > 0;) {
        const parent = (at - 1) >> 1
        if (!before(at, parent)) break
        swap(at, parent)
        at = parent
      }
    },
    pop: () => {
      const last = items.pop()
      if (!last || items.length === 0) return
      items[0] = last
      for (let at = 0; ;) {
        const left = 2 * at + 1
        const smaller = before(left + 1, left) ? left + 1 : left
        if (!before(smaller, at)) break
        swap(at, smaller)
        at = smaller
      }
    },
  }
}
