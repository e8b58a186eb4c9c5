import { walk, type Box, type Point } from './floor-route.ts'
import { svgText } from './svg.ts'

export interface Zone {
  code: string
  name: string
  tint: string
  ink: string
}
export interface FloorPlan {
  width: number
  height: number
  shelves: ({ zone: string; aisle: number } & Box)[]
  marks: ({ kind: 'till' | 'service' | 'door'; label: string } & Box)[]
}
/** What the plan should point at: a whole zone, one shelf of it, or the counter. */
export type Target =
  | { kind: 'shelf'; zone: string; aisle: number }
  | { kind: 'zone'; zone: string }
  | { kind: 'service' }

/** The plan as an SVG, and where to lay the stop over it (in shares of the picture), so that a screen reader finds it. */
export interface Drawing {
  svg: string
  aspect: number
  stop: { left: number; top: number } | null
}

const FLOOR = '#FBF9F6'
const WALL = '#DDD5CB'
const WORDS = '#6B645C'
const BRAND = '#C43E0C'

/** Draws a store's floor with the way from the door to the target. `crop` keeps a band of the plan (order page). */
export function drawFloor(
  plan: FloorPlan,
  zones: readonly Zone[],
  target: Target | null,
  crop?: Box,
): Drawing {
  const view = crop ?? { x: 0, y: 0, width: plan.width, height: plan.height }
  const aim = aimOf(plan, target)
  const way = aim && target?.kind !== 'zone' ? wayTo(plan, aim) : []
  const parts = [
    `<rect x="1" y="1" width="${plan.width - 2}" height="${plan.height - 13}" rx="12" fill="${FLOOR}" stroke="${WALL}" stroke-width="1.5"/>`,
    ...plan.shelves.map((shelf) => shelfSvg(shelf, zoneOf(zones, shelf.zone), isAim(shelf, target))),
    ...plan.marks.map((mark) => markSvg(mark, target?.kind === 'service')),
    ...letters(plan, zones, target),
    ...waySvg(way),
  ]
  // The counter is filled and named; a disc beside it would only cover its name.
  const stop = target?.kind === 'service' ? undefined : way[way.length - 1]
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.x} ${view.y} ${view.width} ${view.height}">${parts.join('')}</svg>`,
    aspect: view.width / view.height,
    stop: stop ? { left: (stop.x - view.x) / view.width, top: (stop.y - view.y) / view.height } : null,
  }
}

const zoneOf = (zones: readonly Zone[], code: string): Zone =>
  zones.find((zone) => zone.code === code) ?? { code, name: code, tint: '#EEE9E2', ink: '#5F5448' }

const isAim = (shelf: FloorPlan['shelves'][number], target: Target | null): boolean =>
  target !== null &&
  target.kind !== 'service' &&
  shelf.zone === target.zone &&
  (target.kind === 'zone' || shelf.aisle === target.aisle)

function aimOf(plan: FloorPlan, target: Target | null): Box | undefined {
  if (target?.kind === 'service') return plan.marks.find((mark) => mark.kind === 'service')
  return plan.shelves.find((shelf) => isAim(shelf, target))
}

function wayTo(plan: FloorPlan, aim: Box): Point[] {
  const door = plan.marks.find((mark) => mark.kind === 'door')
  if (!door) return []
  const obstacles = [...plan.shelves, ...plan.marks.filter((mark) => mark.kind !== 'door')]
  return walk(plan, obstacles, { x: door.x + door.width / 2, y: door.y - 4 }, aim)
}

function shelfSvg(shelf: Box, zone: Zone, isTarget: boolean): string {
  const paint = isTarget
    ? `fill="${zone.ink}"`
    : `fill="${zone.tint}" stroke="${zone.ink}" stroke-opacity=".22" stroke-width=".8"`
  return `<rect x="${shelf.x}" y="${shelf.y}" width="${shelf.width}" height="${shelf.height}" rx="3" ${paint}/>`
}

function markSvg(mark: FloorPlan['marks'][number], isTarget: boolean): string {
  const middle = mark.x + mark.width / 2
  const label = (y: number, fill: string, weight = 400, text = mark.label) =>
    `<text x="${middle}" y="${y}" font-size="8.5" text-anchor="middle" fill="${fill}" font-weight="${weight}">${svgText(text)}</text>`
  if (mark.kind === 'door')
    return (
      `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" fill="${FLOOR}"/>` +
      `<path d="M${mark.x} ${mark.y}v6M${mark.x + mark.width} ${mark.y}v6" stroke="${WALL}" stroke-width="1.5"/>` +
      label(mark.y + 12.5, WORDS, 400, `▲ ${mark.label}`)
    )
  if (mark.kind === 'service') {
    const [fill, ink] = isTarget ? [BRAND, '#FFFFFF'] : ['#E8DFD4', '#5C544B']
    return (
      `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" rx="4" fill="${fill}"/>` +
      label(mark.y + mark.height / 2 + 3, ink, 700)
    )
  }
  const lanes = [0.11, 0.33, 0.56, 0.78].map(
    (share) =>
      `<rect x="${mark.x + mark.width * share}" y="${mark.y + 6}" width="6" height="${mark.height - 12}" rx="2" fill="#D5CBBF"/>`,
  )
  return (
    `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" rx="5" fill="#F1ECE5"/>` +
    lanes.join('') +
    label(mark.y + mark.height + 10, WORDS)
  )
}

/** One letter per zone, on the middle shelf of its group. */
function letters(plan: FloorPlan, zones: readonly Zone[], target: Target | null): string[] {
  const codes = [...new Set(plan.shelves.map((shelf) => shelf.zone))]
  return codes.map((code) => {
    const group = plan.shelves.filter((shelf) => shelf.zone === code)
    const middle = group[Math.floor((group.length - 1) / 2)]
    if (!middle) return ''
    const fill = isAim(middle, target) ? '#FFFFFF' : zoneOf(zones, code).ink
    const y = middle.y + middle.height / 2 + 3.5
    return `<text x="${middle.x + middle.width / 2}" y="${y}" font-size="9.5" font-weight="700" text-anchor="middle" fill="${fill}">${svgText(code)}</text>`
  })
}

function waySvg(way: readonly Point[]): string[] {
  const start = way[0]
  if (!start) return []
  const line = way.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  const round = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
  return [
    `<path d="${line}" ${round} stroke="#FFFFFF" stroke-width="5"/>`,
    `<path d="${line}" ${round} stroke="${BRAND}" stroke-width="2.2" stroke-dasharray="1 5"/>`,
    `<circle cx="${start.x}" cy="${start.y}" r="4" fill="#2B5C90" stroke="#FFFFFF" stroke-width="2"/>`,
  ]
}
