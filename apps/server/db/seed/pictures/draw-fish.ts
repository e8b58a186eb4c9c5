import { art, at, group, line, oval, shape, type Art } from './art.ts'
import { down, radial, slant, veil } from './colour.ts'

/** Silver-grey crucian carp. */
export const crucianCarp: Art = art(
  120,
  72,
  shape('M96 36 Q108 20 118 12 Q116 34 118 60 Q106 50 96 40Z', slant('#9aa08a', '#5f6658')),
  shape('M30 16 Q48 -4 76 8 Q84 12 82 20 Q54 10 34 22Z', slant('#a6ab90', '#626a58')),
  shape('M40 60 L52 70 L60 58Z M74 56 L88 64 L86 50Z', '#7d8470'),
  shape(
    'M3 38 Q14 10 52 11 Q84 12 102 36 Q84 62 50 62 Q14 62 3 38Z',
    down('#7c8468', '#a9b096@0.3', '#e7e6d4@0.7', '#c9c7b2'),
  ),
  [
    [44, 24],
    [54, 22],
    [64, 22],
    [74, 25],
    [84, 30],
    [40, 33],
    [50, 31],
    [60, 31],
    [70, 32],
    [80, 35],
    [90, 37],
    [44, 42],
    [54, 41],
    [64, 41],
    [74, 42],
    [84, 43],
    [48, 51],
    [58, 51],
    [68, 50],
    [78, 49],
  ]
    .map(([x = 0, y = 0]) => line(`M${x} ${y - 4} q5 4 0 8`, veil('#5f664f', 0.45), 1.3))
    .join(''),
  line('M32 16 Q40 36 31 58', veil('#5f664f', 0.6), 1.8),
  shape('M34 40 Q46 40 48 50 Q40 52 34 46Z', '#8d937c'),
  oval(18, 32, 5.4, 5.4, '#f6f1d8') + oval(18, 32, 3.2, 3.2, '#23222c') + oval(17, 31, 1.1, 1.1, '#ffffff'),
  line('M4 41 Q10 44 14 42', '#6a6f58', 1.8),
  shape('M14 24 Q30 13 52 14 Q34 18 24 27Z', veil('#ffffff', 0.36)),
)

const hairtail = (x: number, y: number, turn: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn})`,
    shape(
      'M-20 -11 Q0 -15 20 -10 L20 11 Q0 7 -20 12Z',
      down('#8f9ab4', '#dfe5f2@0.24', '#f9fbff@0.5', '#b6c0d6@0.8', '#8a95b0'),
    ),
    line('M-20 -11 Q0 -15 20 -10', '#6f7a96', 2),
    line('M-19 -1 Q0 -5 19 0', veil('#ffffff', 0.85), 1.6),
    oval(20, 0.4, 3.4, 10.6, down('#fbe6e0', '#e9b7ae')) + oval(20, 0.4, 1.2, 2, '#fffaf4'),
  )
export const hairtailPieces: Art = art(
  104,
  66,
  hairtail(28, 16, -6) +
    hairtail(74, 15, 5) +
    hairtail(24, 34, 4) +
    hairtail(72, 34, -4) +
    hairtail(36, 52, -3) +
    hairtail(80, 52, 4),
)

/** Shelled prawn, raw: a grey-pink comma. */
const shelledPrawn: Art = art(
  60,
  60,
  shape(
    'M12 46 Q-2 26 16 10 Q34 -2 50 12 Q60 24 52 38 L46 46 Q50 34 44 26 Q34 16 24 26 Q18 36 26 46 Q28 54 20 54 Q15 52 12 46Z',
    radial(0.4, 0.2, 0.95, '#ffffff', '#f3d9d4@0.42', '#c39aa0'),
  ),
  line(
    'M10 34 Q18 32 22 32 M14 18 Q22 22 25 25 M30 8 Q32 16 33 20 M48 14 Q44 20 42 23 M54 30 Q48 30 46 31',
    veil('#d98d7e', 0.8),
    2,
  ),
  shape('M12 46 Q4 48 3 57 Q12 60 20 54Z', slant('#f0a58c', '#c8644e')),
)

const prawnSpots = [
  [24, 28, -16],
  [58, 26, 24],
  [88, 30, 70],
  [40, 46, -60],
  [74, 46, 6],
  [22, 60, 40],
  [56, 64, -10],
  [90, 62, -40],
]
export const prawns: Art = art(
  112,
  68,
  prawnSpots.map(([x = 0, y = 0, turn = 0]) => at(shelledPrawn, { x, y, size: 36, turn })).join(''),
)
