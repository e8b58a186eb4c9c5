// The picture language: an art is a piece of SVG with a size; arts are placed on a card or inside one another.

/** A drawing in its own units; its ground line is its lower edge. */
export type Art = { readonly width: number; readonly height: number; readonly svg: string }

/** Where an art stands: middle of its foot, and the length of its longer side, in the units of what it stands on. */
export type Place = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly turn?: number
  readonly flip?: boolean
  /** Width of the ground shadow against the art; 0 for things that lie on others. */
  readonly shadow?: number
}

export const art = (width: number, height: number, ...svg: string[]): Art => ({
  width,
  height,
  svg: svg.join(''),
})

/**
 * One of the 3D illustrations, by code point, in a square of 100 and standing on its lower edge.
 * `tone` is a list of CSS filter functions, applied once when the picture is composed.
 */
export const emoji = (code: string, tone = ''): Art => art(100, 100, `<emoji code="${code}" tone="${tone}"/>`)

export const rect = (
  x: number,
  y: number,
  w: number,
  h: number,
  r: number,
  fill: string,
  more = '',
): string => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}" ${more}/>`
export const oval = (cx: number, cy: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`
export const shape = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`
export const line = (d: string, stroke: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`
export const group = (transform: string, ...svg: string[]): string =>
  `<g transform="${transform}">${svg.join('')}</g>`

const number = (value: number): string => String(Math.round(value * 1000) / 1000)

/** The markup of an art at a place. */
export function at(piece: Art, place: Place): string {
  const scale = place.size / Math.max(piece.width, piece.height)
  const lift = (piece.height * scale) / 2
  return group(
    `translate(${number(place.x)} ${number(place.y - lift)}) rotate(${place.turn ?? 0}) ` +
      `scale(${number(place.flip ? -scale : scale)} ${number(scale)}) ` +
      `translate(${number(-piece.width / 2)} ${number(-piece.height / 2)})`,
    piece.svg,
  )
}

/** Numbers in [0, 1) that are the same on every run: grains and seeds fall where they fell before. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Many small things in a rectangle, back row first so that the front ones overlap. */
export function scatter(
  seed: number,
  count: number,
  area: { x: number; y: number; width: number; height: number },
  one: (x: number, y: number, roll: () => number) => string,
): string {
  const roll = dice(seed)
  const spots = Array.from({ length: count }, () => ({
    x: area.x + roll() * area.width,
    y: area.y + roll() * area.height,
  }))
  return spots
    .sort((a, b) => a.y - b.y)
    .map(({ x, y }) => one(x, y, roll))
    .join('')
}
