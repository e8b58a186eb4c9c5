// Recolouring of the illustrations, written as CSS filter functions and applied as one 3×3 matrix.
// https://www.w3.org/TR/filter-effects-1/#ShorthandEquivalents gives the matrices.

export type Matrix = [[number, number, number], [number, number, number], [number, number, number]]

const around = (keep: number, grey: readonly [number, number, number]): Matrix => {
  const row = (self: number): [number, number, number] => [
    grey[0] * (1 - keep) + (self === 0 ? keep : 0),
    grey[1] * (1 - keep) + (self === 1 ? keep : 0),
    grey[2] * (1 - keep) + (self === 2 ? keep : 0),
  ]
  return [row(0), row(1), row(2)]
}

const LUMA = [0.213, 0.715, 0.072] as const

function hueRotate(degrees: number): Matrix {
  const c = Math.cos((degrees * Math.PI) / 180)
  const s = Math.sin((degrees * Math.PI) / 180)
  return [
    [0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928],
    [0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.14, 0.072 - c * 0.072 - s * 0.283],
    [0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072],
  ]
}

function sepia(amount: number): Matrix {
  const rest = 1 - amount
  return [
    [0.393 + 0.607 * rest, 0.769 * amount, 0.189 * amount],
    [0.349 * amount, 0.686 + 0.314 * rest, 0.168 * amount],
    [0.272 * amount, 0.534 * amount, 0.131 + 0.869 * rest],
  ]
}

const brightness = (by: number): Matrix => [
  [by, 0, 0],
  [0, by, 0],
  [0, 0, by],
]

const FILTERS: Record<string, (amount: number) => Matrix> = {
  saturate: (amount) => around(amount, LUMA),
  'hue-rotate': hueRotate,
  sepia,
  brightness,
}

function times(a: Matrix, b: Matrix): Matrix {
  const cell = (row: 0 | 1 | 2, column: 0 | 1 | 2): number =>
    a[row][0] * b[0][column] + a[row][1] * b[1][column] + a[row][2] * b[2][column]
  const line = (row: 0 | 1 | 2): [number, number, number] => [cell(row, 0), cell(row, 1), cell(row, 2)]
  return [line(0), line(1), line(2)]
}

/** The matrix of a tone such as `sepia(.75) hue-rotate(-8deg) brightness(.82)`, first filter first. */
export function toneMatrix(tone: string): Matrix {
  let matrix = brightness(1)
  for (const step of tone.split(' ').filter((word) => word !== '')) {
    const [, name = '', amount = ''] = /^([a-z-]+)\((-?[0-9.]+)(?:deg)?\)$/.exec(step) ?? []
    const filter = FILTERS[name]
    if (filter === undefined) throw new Error(`unknown tone step: ${step}`)
    matrix = times(filter(Number(amount)), matrix)
  }
  return matrix
}
