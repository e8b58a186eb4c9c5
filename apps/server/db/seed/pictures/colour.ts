// Colours and gradient paints for the drawn goods.
// A gradient is written where it is used, as `paint(…)` inside a fill, and becomes a <defs> entry when the picture is put
// together; so a drawing is one string without ids to keep apart.

const WHITE = '#ffffff'
/** Shade falls towards plum, as in the 3D illustrations the drawings stand beside; black looks dirty there. */
const PLUM = '#32123c'

/** Mix two `#rrggbb` colours; 0 gives the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const a = Number.parseInt(from.slice(at, at + 2), 16)
    const b = Number.parseInt(to.slice(at, at + 2), 16)
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

export const light = (colour: string, share: number): string => mix(colour, WHITE, share)
export const dark = (colour: string, share: number): string => mix(colour, PLUM, share)
/** A colour with opacity, for highlights and shadows. */
export const veil = (colour: string, opacity: number): string =>
  colour +
  Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')

/** Stops are `#rrggbb`, spread evenly, or `#rrggbb@0.3` at a place. */
const paint = (geometry: string, stops: readonly string[]): string => `paint(${geometry};${stops.join(' ')})`

export const across = (...stops: string[]): string => paint('0 0 1 0', stops)
export const down = (...stops: string[]): string => paint('0 0 0 1', stops)
export const slant = (...stops: string[]): string => paint('0 0 1 1', stops)
/** Radial: centre and radius in shares of the shape. */
export const radial = (cx: number, cy: number, r: number, ...stops: string[]): string =>
  paint(`${cx} ${cy} ${r}`, stops)

/** A standing round body (bottle, can, roll) lit from the upper left. */
export const column = (colour: string): string =>
  across(
    `${dark(colour, 0.2)}@0`,
    `${light(colour, 0.38)}@0.2`,
    `${light(colour, 0.06)}@0.46`,
    `${dark(colour, 0.05)}@0.7`,
    `${dark(colour, 0.3)}@1`,
  )

/** A ball-like body lit from the upper left. */
export const orb = (colour: string): string =>
  radial(0.36, 0.28, 0.78, light(colour, 0.42), `${colour}@0.5`, `${dark(colour, 0.34)}@1`)

/** A soft flat face, a little lighter above. */
export const face = (colour: string): string => down(light(colour, 0.2), `${colour}@0.6`, dark(colour, 0.14))

const GEOMETRY = {
  3: ([cx, cy, r]: string[]) => ({ tag: 'radialGradient', at: `cx="${cx}" cy="${cy}" r="${r}"` }),
  4: ([x1, y1, x2, y2]: string[]) => ({
    tag: 'linearGradient',
    at: `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`,
  }),
}

function gradient(id: string, source: string): string {
  const [geometry = '', stopList = ''] = source.split(';')
  const numbers = geometry.split(' ')
  const { tag, at } = GEOMETRY[numbers.length === 3 ? 3 : 4](numbers)
  const stops = stopList.split(' ')
  const marks = stops.map((stop, index) => {
    const [colour = '', place = String(index / Math.max(1, stops.length - 1))] = stop.split('@')
    const opacity = colour.length === 9 ? Number.parseInt(colour.slice(7), 16) / 255 : 1
    return `<stop offset="${place}" stop-color="${colour.slice(0, 7)}" stop-opacity="${opacity.toFixed(3)}"/>`
  })
  return `<${tag} id="${id}" ${at}>${marks.join('')}</${tag}>`
}

/** Replace every `paint(…)` by a numbered gradient and return the markup with its `<defs>`. */
export function withGradients(markup: string): string {
  const ids = new Map<string, string>()
  const body = markup.replaceAll(/paint\(([^)]*)\)/g, (_, source: string) => {
    const id = ids.get(source) ?? `p${ids.size}`
    ids.set(source, id)
    return `url(#${id})`
  })
  const defs = [...ids].map(([source, id]) => gradient(id, source)).join('')
  return `<defs>${defs}</defs>${body}`
}
