import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawFloor, type FloorPlan, type Zone } from './floor-plan.ts'
import { walk, type Point } from './floor-route.ts'

const zones: Zone[] = [
  { code: 'L', name: '米面粮油', tint: '#F8EDD2', ink: '#7C5200' },
  { code: 'F', name: '速食冷冻', tint: '#E5E8F7', ink: '#414F9E' },
]
const plan: FloorPlan = {
  width: 343,
  height: 214,
  shelves: [
    { zone: 'L', aisle: 1, x: 56, y: 46, width: 10, height: 58 },
    { zone: 'L', aisle: 2, x: 73, y: 46, width: 10, height: 58 },
    { zone: 'F', aisle: 1, x: 311, y: 36, width: 22, height: 40 },
    { zone: 'F', aisle: 2, x: 311, y: 80, width: 22, height: 40 },
  ],
  marks: [
    { kind: 'till', label: '收银台', x: 240, y: 128, width: 54, height: 40 },
    { kind: 'service', label: '服务台取货', x: 44, y: 184, width: 60, height: 12 },
    { kind: 'door', label: '入口', x: 134, y: 198.5, width: 44, height: 5 },
  ],
}
const obstacles = [...plan.shelves, ...plan.marks.slice(0, 2)]

/** Every point between two corners, a unit apart. */
function* along(way: readonly Point[]): Generator<Point> {
  for (const [i, to] of way.entries()) {
    const from = way[i - 1]
    if (!from) continue
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    for (let at = 0; at <= length; at++)
      yield { x: from.x + ((to.x - from.x) * at) / length, y: from.y + ((to.y - from.y) * at) / length }
  }
}

test('the way leads from the door to the shelf, square, round every obstacle', () => {
  for (const shelf of plan.shelves) {
    const way = walk(plan, obstacles, { x: 156, y: 194 }, shelf)
    assert.ok(way.length >= 2 && way.length <= 5, `${shelf.zone}${shelf.aisle}: ${way.length} corners`)
    for (const [i, to] of way.entries()) {
      const from = way[i - 1]
      if (from) assert.ok(from.x === to.x || from.y === to.y, 'walks along aisles')
    }
    for (const { x, y } of along(way))
      for (const box of obstacles)
        assert.ok(
          x <= box.x || x >= box.x + box.width || y <= box.y || y >= box.y + box.height,
          'stays out of shelves',
        )
    const end = way.at(-1)
    assert.ok(
      end && Math.abs(end.x - shelf.x - shelf.width / 2) < shelf.width / 2 + 12,
      'ends beside the shelf',
    )
  }
})

test('a walled-in shelf has no way, and the plan is still drawn', () => {
  const walled = { x: 100, y: 60, width: 10, height: 10 }
  const walls = [
    { x: 80, y: 40, width: 50, height: 10 },
    { x: 80, y: 80, width: 50, height: 10 },
    { x: 80, y: 40, width: 10, height: 50 },
    { x: 120, y: 40, width: 10, height: 50 },
  ]
  assert.deepEqual(walk(plan, [...walls, walled], { x: 156, y: 194 }, walled), [])
})

test('only the shelf asked for is filled, and the stop lies beside it', () => {
  const drawing = drawFloor(plan, zones, { kind: 'shelf', zone: 'F', aisle: 2 })
  assert.equal(drawing.svg.match(/fill="#414F9E"\/>/g)?.length, 1)
  assert.ok(drawing.stop && drawing.stop.left > 0.8 && drawing.stop.top > 0.3)
  assert.match(drawing.svg, /stroke-dasharray/)
})

test('a zone is filled whole and needs no way; a crop keeps its band', () => {
  const whole = drawFloor(plan, zones, { kind: 'zone', zone: 'L' })
  assert.equal(whole.svg.match(/fill="#7C5200"\/>/g)?.length, 2)
  assert.equal(whole.stop, null)
  const band = drawFloor(plan, zones, { kind: 'service' }, { x: 0, y: 110, width: 343, height: 104 })
  assert.match(band.svg, /viewBox="0 110 343 104"/)
  assert.equal(band.stop, null)
  assert.match(band.svg, /stroke-dasharray/)
})
