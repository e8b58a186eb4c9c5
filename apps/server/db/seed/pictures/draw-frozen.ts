import { art, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, slant, veil } from './colour.ts'

/** White bowl, front open, with what floats in it. */
export const bowl = (soup: string, inside: string, glaze = '#ffffff'): Art =>
  art(
    112,
    76,
    oval(56, 24, 54, 19, across(dark(glaze, 0.14), '#ffffff', dark(glaze, 0.16))),
    oval(56, 25, 48, 15, radial(0.4, 0.3, 0.8, light(soup, 0.4), soup)),
    inside,
    shape('M2 26 Q6 76 56 76 Q106 76 110 26 Q98 43 56 43 Q14 43 2 26Z', column(glaze)),
    line('M5 32 Q20 47 56 47 Q92 47 107 32', veil('#3f6fb8', 0.65), 2),
    shape('M14 40 Q20 62 38 70 L42 68 Q26 58 20 43Z', veil('#ffffff', 0.6)),
  )

const riceBall = (x: number, y: number): string =>
  oval(x, y, 14, 12.4, radial(0.36, 0.28, 0.85, '#ffffff', '#f6f1ee@0.55', '#cbbfc6'))
/** Glutinous rice balls in broth, one bitten to show the sesame. */
export const sesameBalls: Art = bowl(
  '#f3ead8',
  riceBall(34, 20) +
    riceBall(58, 15) +
    riceBall(82, 21) +
    riceBall(46, 30) +
    riceBall(72, 31) +
    shape('M66 26 Q74 20 80 28 Q78 37 70 36 Q64 33 66 26Z', radial(0.4, 0.3, 0.8, '#4a4250', '#1f1a26')) +
    oval(71, 28, 2.4, 1.2, veil('#ffffff', 0.5)),
)

/** Red-clip ham sausages. */
export const hamSausages: Art = ((): Art => {
  const one = (x: number, y: number, turn: number): string =>
    group(
      `translate(${x} ${y}) rotate(${turn})`,
      shape('M-46 -4 L-40 -8 L-40 8 L-46 4Z M46 -4 L40 -8 L40 8 L46 4Z', '#d8402c'),
      rect(-42, -9, 84, 18, 8, down('#ffb08f', '#ec6a50@0.42', '#b5342c')),
      rect(-16, -9, 32, 18, 0, down('#fff0d2', '#ffd98c@0.5', '#d99a3e')),
      rect(-10, -3, 20, 4, 2, '#c8301f'),
      rect(-36, -6.4, 72, 2.8, 1.4, veil('#ffffff', 0.55)),
      rect(-44, -5, 3, 10, 1, '#c4c6d2') + rect(41, -5, 3, 10, 1, '#c4c6d2'),
    )
  return art(104, 78, one(52, 14, -7), one(52, 36, 4), one(52, 60, -4))
})()

/** Custard buns, one torn open. */
export const custardBuns: Art = ((): Art => {
  const bun = (x: number, y: number): string =>
    oval(x, y, 24, 20, radial(0.36, 0.26, 0.85, '#fffdf2', '#fbe9b4@0.55', '#dcb86a')) +
    oval(x - 8, y - 9, 7, 4, veil('#ffffff', 0.8))
  return art(
    116,
    86,
    bun(32, 26) + bun(80, 25) + bun(36, 56),
    shape(
      'M58 64 Q60 44 84 44 Q108 46 108 66 Q106 84 84 84 Q60 84 58 64Z',
      radial(0.36, 0.26, 0.85, '#fffdf2', '#fbe9b4@0.55', '#dcb86a'),
    ),
    shape('M66 64 Q70 54 84 54 Q98 54 101 65 Q97 76 84 76 Q70 76 66 64Z', '#fff8e4'),
    oval(84, 66, 13, 8.4, radial(0.4, 0.3, 0.8, '#ffe27a', '#f7b42c@0.6', '#e08f14')),
    shape('M82 72 Q84 84 88 85 Q91 82 88 73Z', '#f7b42c'),
  )
})()

/** Golden cubes of fish curd. */
export const fishTofu: Art = ((): Art => {
  const cube = (x: number, y: number): string =>
    group(
      `translate(${x} ${y})`,
      shape('M0 9 L12 0 H40 L28 9Z', slant('#fff0c2', '#f3c66a')),
      shape('M28 9 L40 0 V22 L28 33Z', across('#d9984a', '#b97630')),
      rect(0, 9, 28, 24, 3, down('#ffe6a8', '#eab456@0.6', '#cf8f3a')),
      rect(3, 14, 22, 14, 3, '#fdf4dc'),
      oval(9, 19, 1.3, 1, '#e6d2a8') + oval(18, 24, 1.3, 1, '#e6d2a8') + oval(16, 18, 0.9, 0.8, '#e6d2a8'),
    )
  return art(100, 62, cube(14, 4), cube(50, 3), cube(0, 27), cube(34, 16), cube(60, 26), cube(28, 29))
})()

/** Mutton skewers. */
export const muttonSkewers: Art = ((): Art => {
  const skewer = (y: number, turn: number): string =>
    group(
      `translate(54 ${y}) rotate(${turn})`,
      line('M-52 0 H54', '#d9b078', 3),
      [-34, -17, 0, 17, 33]
        .map((x, i) =>
          group(
            `translate(${x} 0) rotate(${(i % 2) * 12 - 6})`,
            rect(
              -8.4,
              -9,
              17,
              18,
              5,
              i % 2 === 1
                ? down('#fff0e0', '#f0cba8@0.6', '#d3a078')
                : down('#e8796a', '#b5443c@0.55', '#7d2420'),
            ) + line('M-5 -4 H4', veil('#ffffff', 0.5), 1.6),
          ),
        )
        .join(''),
      [-30, -12, 8, 26, 36]
        .map((x) => oval(x, -4, 1, 0.8, '#8a2a10') + oval(x + 5, 3, 1, 0.8, '#d99a2e'))
        .join(''),
    )
  return art(112, 58, skewer(13, -4), skewer(29, 0), skewer(45, 3))
})()

/** Layered pan-fried pancake, torn edge. */
export const flakyPancakes: Art = ((): Art => {
  const one = (y: number): string =>
    oval(60, y + 5, 54, 20, '#b97f3a') +
    oval(60, y, 54, 20, radial(0.42, 0.3, 0.8, '#fff2c8', '#f3cf84@0.6', '#d69c4a'))
  const swirl =
    'M60 26 q8 -4 14 1 q4 6 -12 8 q-22 0 -22 -9 q4 -11 26 -10 q28 2 26 12 q-6 12 -34 11 q-34 -2 -32 -14 q8 -14 40 -12'
  return art(
    120,
    66,
    one(44),
    one(35),
    one(26),
    line(swirl, veil('#b9762e', 0.65), 2.2),
    line(swirl, veil('#fff6da', 0.5), 1, 'transform="translate(0 -1.4)"'),
  )
})()

/** Kernels of sweetcorn. */
export const cornKernel = (x: number, y: number, roll: () => number): string =>
  group(
    `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${Math.round(roll() * 120 - 60)})`,
    rect(-3.4, -3.6, 6.8, 7.2, 2.8, '#d9981c'),
    rect(-3, -3.4, 5.8, 6, 2.6, roll() > 0.5 ? '#ffd84a' : '#fbc82e'),
    oval(-1, -1.6, 1.4, 0.9, '#fff3b0'),
  )

/** What shows on the surface of eight-treasure congee. */
export const porridgeBits: string = [
  [36, 20, '#a82a28'],
  [52, 16, '#f3c65a'],
  [70, 19, '#7a2a3a'],
  [44, 29, '#5a2a30'],
  [62, 29, '#f6e6c0'],
  [80, 25, '#a82a28'],
  [30, 27, '#f6e6c0'],
  [56, 22, '#7a3a2c'],
]
  .map(([x, y, tone]) => oval(Number(x), Number(y), 5.4, 4, orb(String(tone))))
  .join('')
