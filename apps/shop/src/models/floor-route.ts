/** A rectangle on the floor plan, in its own units (343 × 214 for the demo stores). */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}
export interface Point {
  x: number
  y: number
}

const STEP = 4 // one cell is about 40 cm of floor
const CLEARANCE = 2 // keeps the line off the shelf it walks past
const TURN_COST = 6 // a straight way is easier to follow than a short one

interface Ground {
  columns: number
  rows: number
  blocked: boolean[]
}

/**
 * A walkable way from the door to a shelf, as corner points: along aisles, with few turns, ending beside the shelf.
 * Empty when the plan leaves no way.
 */
export function walk(
  plan: { width: number; height: number },
  obstacles: readonly Box[],
  from: Point,
  to: Box,
): Point[] {
  const ground = groundOf(plan, obstacles)
  const start = cellOf(ground, from)
  const goals = new Set(besides(ground, to))
  const path = cheapest(ground, start, goals)
  return corners(path.map((cell) => pointOf(ground, cell)))
}

function groundOf(plan: { width: number; height: number }, obstacles: readonly Box[]): Ground {
  const columns = Math.ceil(plan.width / STEP)
  const rows = Math.ceil(plan.height / STEP)
  const blocked = Array.from({ length: columns * rows }, (_, cell) => {
    const x = ((cell % columns) + 0.5) * STEP
    const y = (Math.floor(cell / columns) + 0.5) * STEP
    return obstacles.some((box) => isInside({ x, y }, box, CLEARANCE))
  })
  return { columns, rows, blocked }
}

const isInside = ({ x, y }: Point, box: Box, margin: number): boolean =>
  x > box.x - margin &&
  x < box.x + box.width + margin &&
  y > box.y - margin &&
  y < box.y + box.height + margin

function cellOf({ columns, rows }: Ground, { x, y }: Point): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x / STEP)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / STEP)))
  return row * columns + column
}

const pointOf = ({ columns }: Ground, cell: number): Point => ({
  x: ((cell % columns) + 0.5) * STEP,
  y: (Math.floor(cell / columns) + 0.5) * STEP,
})

/** Free cells within an arm's reach of a box. */
function besides(ground: Ground, box: Box): number[] {
  const reach = CLEARANCE + STEP * 1.5
  return [...ground.blocked.keys()].filter(
    (cell) => !ground.blocked[cell] && isInside(pointOf(ground, cell), box, reach),
  )
}

/** Dijkstra over (cell, heading), so that a turn can cost more than a step. A plan has some 4,600 cells. */
function cheapest(ground: Ground, start: number, goals: ReadonlySet<number>): number[] {
  const { columns, rows, blocked } = ground
  const headings = [1, -1, columns, -columns]
  const cost = new Map<number, number>()
  const before = new Map<number, number>()
  // Costs are small whole numbers: a bucket per cost is a queue without sorting.
  const buckets: number[][] = [headings.map((_, heading) => start * 4 + heading)]
  for (const state of buckets[0] ?? []) cost.set(state, 0)
  for (let price = 0; price < buckets.length; price++) {
    for (const state of buckets[price] ?? []) {
      if (cost.get(state) !== price) continue
      const cell = state >> 2
      if (goals.has(cell)) return trace(before, state)
      for (const [heading, step] of headings.entries()) {
        const next = cell + step
        if (next < 0 || next >= columns * rows || blocked[next]) continue
        if (Math.abs(step) === 1 && Math.floor(next / columns) !== Math.floor(cell / columns)) continue
        const nextPrice = price + 1 + (heading === (state & 3) ? 0 : TURN_COST)
        const nextState = next * 4 + heading
        if ((cost.get(nextState) ?? Infinity) <= nextPrice) continue
        cost.set(nextState, nextPrice)
        before.set(nextState, state)
        ;(buckets[nextPrice] ??= []).push(nextState)
      }
    }
  }
  return []
}

function trace(before: ReadonlyMap<number, number>, end: number): number[] {
  const path: number[] = []
  for (let state: number | undefined = end; state !== undefined; state = before.get(state))
    path.unshift(state >> 2)
  return path
}

function corners(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    return (
      !before ||
      !after ||
      (before.x !== after.x && before.y !== after.y) ||
      (point.x === before.x && point.x !== after.x)
    )
  })
}
