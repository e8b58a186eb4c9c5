import { art, at, dice, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, slant, veil } from './colour.ts'

/** Square salted cracker with its holes. */
export const cracker: Art = art(
  60,
  60,
  rect(2, 4, 56, 56, 7, dark('#d9974a', 0.2)),
  rect(2, 1, 56, 56, 7, radial(0.4, 0.3, 0.85, '#fff0c8', '#f3cd84@0.6', '#d79a50')),
  Array.from({ length: 9 }, (_, i) =>
    oval(15 + (i % 3) * 15, 14 + Math.floor(i / 3) * 15, 1.9, 1.7, '#b97a36'),
  ).join(''),
  line('M5 10 V48 M9 4 H50', veil('#ffffff', 0.6), 1.4),
)

/** Wafer fingers with cream between the sheets. */
export const wafer = (cream: string): Art => {
  const finger = (x: number, y: number): string =>
    group(
      `translate(${x} ${y})`,
      shape('M0 8 L14 0 H74 L60 8Z', '#f6d79a'),
      shape('M60 8 L74 0 V18 L60 27Z', '#c98f48'),
      rect(0, 8, 60, 19, 1.5, '#e5b468') +
        rect(0, 12.4, 60, 3.2, 0, cream) +
        rect(0, 19.4, 60, 3.2, 0, cream),
      line('M8 6 L20 0.6 M22 6 L34 0.6 M36 6 L48 0.6 M50 6 L62 0.6', '#dfae62', 1.2),
    )
  return art(92, 62, finger(16, 2), finger(0, 18), finger(12, 34))
}

/** One curved potato crisp. */
export const crisp: Art = art(
  70,
  46,
  shape(
    'M3 26 Q10 2 38 4 Q66 6 67 22 Q64 40 44 34 Q26 28 16 40 Q4 44 3 26Z',
    radial(0.4, 0.2, 0.9, '#fff0a8', '#f8cf5a@0.5', '#d8963a'),
  ),
  line('M10 26 Q20 10 40 11 Q56 13 61 20', veil('#ffffff', 0.6), 2),
  [
    [24, 20],
    [34, 16],
    [44, 20],
    [52, 25],
    [18, 30],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 1.4, 0.9, '#c8792c'))
    .join(''),
)

/** Striped sunflower seed. */
export const sunflowerSeed: Art = art(
  30,
  52,
  shape('M15 1 Q29 22 27 38 Q22 51 15 51 Q8 51 3 38 Q1 22 15 1Z', across('#2d2530', '#4a4050', '#231c28')),
  line('M15 6 V48 M9 18 Q6 32 9 45 M21 18 Q24 32 21 45', '#f4ecdf', 1.8),
  shape('M8 22 Q9 14 14 6 Q12 18 11 30Z', veil('#ffffff', 0.3)),
)

/** Red-skinned peanut kernel. */
export const peanutKernel: Art = art(
  50,
  40,
  oval(25, 21, 24, 18, radial(0.36, 0.28, 0.85, '#f0a07c', '#c25a3c@0.5', '#7d2c20')),
  line('M10 20 Q24 12 40 18 M12 27 Q26 20 40 26', veil('#f6c8a4', 0.5), 1.3),
  oval(43, 20, 3.4, 4, '#f6dcb8'),
)

/** Strips of dried beef. */
export const jerky: Art = ((): Art => {
  const strip = (x: number, y: number, turn: number): string =>
    group(
      `translate(${x} ${y}) rotate(${turn})`,
      shape(
        'M-30 -8 Q-10 -12 10 -8 Q24 -6 31 -9 L29 7 Q10 11 -8 7 Q-22 6 -31 9Z',
        down('#b5523a', '#8a3222@0.5', '#571a14'),
      ),
      line('M-26 -3 Q-4 -7 26 -3 M-26 3 Q-2 0 26 3', veil('#e69a74', 0.6), 1.4),
      [
        [-18, -3],
        [-4, 1],
        [8, -3],
        [20, 2],
      ]
        .map(([dx = 0, dy = 0]) => oval(dx, dy, 1.4, 0.9, '#ffe2a8'))
        .join(''),
    )
  return art(84, 62, strip(40, 14, -6), strip(46, 30, 5), strip(40, 48, -3))
})()

/** Red spicy gluten strips. */
export const spicyStrips: Art = ((): Art => {
  const roll = dice(17)
  const strips = Array.from({ length: 9 }, (_, i) => {
    const y = 10 + i * 5.2
    const d = `M${8 + roll() * 10} ${y} Q${30 + roll() * 20} ${y - 10 + roll() * 20} ${80 + roll() * 10} ${y + (roll() - 0.5) * 12}`
    return (
      line(d, '#8a1f14', 8) +
      line(d, i % 2 === 0 ? '#d8402a' : '#c8321f', 6.4) +
      line(d, veil('#ffb08a', 0.55), 1.6, 'transform="translate(0 -1.5)"')
    )
  })
  const seeds = Array.from({ length: 16 }, () => oval(14 + roll() * 66, 8 + roll() * 46, 1.2, 0.9, '#ffe08a'))
  return art(96, 62, strips.join(''), seeds.join(''))
})()

/** A roll of haw flakes, some fallen out. */
export const hawFlakes: Art = ((): Art => {
  const disc = (x: number, y: number, rx: number, ry: number): string =>
    oval(x, y + 3, rx, ry, '#93283a') +
    oval(x, y, rx, ry, radial(0.4, 0.3, 0.85, '#f08a8a', '#cf4a55@0.6', '#a8303f')) +
    oval(x - rx * 0.3, y - ry * 0.3, rx * 0.4, ry * 0.25, veil('#ffd9d2', 0.6))
  const stack = Array.from({ length: 6 }, (_, i) => disc(30, 58 - i * 7, 24, 9)).join('')
  return art(104, 70, stack, disc(76, 58, 20, 8), disc(84, 48, 19, 7.6))
})()

/** Hawthorn berry. */
export const haw: Art = art(
  46,
  48,
  oval(23, 28, 21, 19, radial(0.36, 0.28, 0.82, '#ff9a8a', '#dc3340@0.45', '#8f1030')),
  shape('M16 12 L20 17 L23 11 L26 17 L31 12 L28 20 H18Z', '#6a4a2a'),
  line('M23 14 Q23 6 27 1', '#5f7f34', 2.6),
  [
    [14, 26],
    [22, 34],
    [31, 28],
    [27, 40],
    [16, 38],
    [36, 34],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 0.9, 0.9, '#ffd2b8'))
    .join(''),
)

/** Wrinkled red date. */
export const redDate: Art = art(
  60,
  46,
  oval(30, 24, 28, 20, radial(0.36, 0.26, 0.85, '#e2604c', '#a82a28@0.5', '#5c1020')),
  line(
    'M8 18 Q22 12 30 17 Q40 21 52 15 M6 27 Q20 22 30 27 Q42 31 54 25 M12 36 Q24 32 34 36 Q42 38 48 34',
    veil('#4f0c1a', 0.5),
    1.7,
  ),
  line('M10 16 Q24 9 34 13', veil('#ffc0a8', 0.6), 1.6),
  oval(57, 24, 2.2, 4, '#6b4a2a'),
)

/** Jelly cup with a film lid and fruit inside. */
export const jellyCup = (colour: string): Art =>
  art(
    56,
    46,
    shape(
      'M4 8 L11 40 Q12 45 17 45 H39 Q44 45 45 40 L52 8Z',
      across(veil(colour, 0.85), veil(light(colour, 0.6), 0.75), veil(dark(colour, 0.1), 0.9)),
    ),
    oval(28, 32, 8, 6, light(colour, 0.55)) + oval(26, 30, 3, 2, veil('#ffffff', 0.7)),
    oval(28, 8, 27, 7.4, across('#d8dbe8', '#ffffff', '#cdd1e0')),
    oval(28, 7.4, 21, 4.6, down(light(colour, 0.45), colour)),
    shape('M11 14 L16 38 L20 40 L16 14Z', veil('#ffffff', 0.5)),
  )

/** Sheets of roasted seaweed. */
export const seaweed: Art = art(
  92,
  58,
  [
    [0, 14, '#173a2a'],
    [4, 9, '#1f4a34'],
    [8, 4, '#285c40'],
  ]
    .map(([x, y, tone]) =>
      shape(
        `M${Number(x)} ${Number(y) + 22} L${Number(x) + 40} ${Number(y)} L${Number(x) + 84} ${Number(y) + 18} L${Number(x) + 42} ${Number(y) + 42}Z`,
        slant(light(String(tone), 0.2), String(tone)),
      ),
    )
    .join(''),
  line('M20 24 L60 42 M32 17 L74 35 M44 11 L84 27', veil('#8fd0a0', 0.28), 1.1),
  [
    [30, 24],
    [46, 20],
    [58, 30],
    [42, 34],
    [64, 22],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 1, 0.7, '#e8f4d8'))
    .join(''),
)

/** Almond in its skin; walnut half; cashew: the day's nuts. */
const almond: Art = art(
  34,
  50,
  shape(
    'M17 1 Q33 20 31 34 Q27 49 17 49 Q7 49 3 34 Q1 20 17 1Z',
    radial(0.36, 0.3, 0.85, '#f0b878', '#bd7436@0.55', '#7a3f1c'),
  ),
  line('M17 8 V44 M11 16 Q8 30 11 42 M23 16 Q26 30 23 42', veil('#5c2c12', 0.35), 1.2),
)
const cashew: Art = art(
  50,
  44,
  shape(
    'M4 18 Q8 0 28 2 Q48 6 48 26 Q46 42 34 42 Q24 40 30 30 Q32 20 22 20 Q18 30 10 28 Q3 26 4 18Z',
    radial(0.4, 0.24, 0.9, '#fffaf0', '#f6e2b8@0.5', '#cfa564'),
  ),
  line('M10 14 Q18 6 30 8 Q40 12 42 24', veil('#ffffff', 0.8), 2),
)
const walnut: Art = art(
  52,
  48,
  oval(26, 25, 25, 22, radial(0.38, 0.28, 0.85, '#f0cf94', '#c99654@0.55', '#8a5a2a')),
  line(
    'M26 4 V46 M20 8 Q10 16 16 24 Q8 32 18 40 M32 8 Q42 16 36 24 Q44 32 34 40 M20 18 Q24 22 22 30 M32 18 Q28 22 30 30',
    '#8f5f2e',
    2,
  ),
)
/** A handful of mixed nuts. */
export const mixedNuts: Art = art(
  96,
  58,
  at(walnut, { x: 22, y: 54, size: 38, turn: -8 }),
  at(almond, { x: 46, y: 42, size: 34, turn: 40 }),
  at(cashew, { x: 74, y: 40, size: 34, turn: -10 }),
  at(almond, { x: 52, y: 56, size: 34, turn: 82 }),
  at(cashew, { x: 80, y: 57, size: 32, turn: 30 }),
  oval(38, 32, 8, 6, orb('#8a2a4a')) +
    oval(62, 30, 7, 5.4, orb('#3d2a5c')) +
    oval(66, 52, 6, 5, orb('#c8323c')),
)

/** A stick sachet for coffee or tea. */
export const sachet = (colour: string): Art =>
  art(
    18,
    80,
    rect(1, 0, 16, 80, 2, column(colour)),
    rect(1, 0, 16, 5, 1, veil('#ffffff', 0.5)),
    rect(1, 75, 16, 5, 1, veil('#000000', 0.12)),
    rect(5, 18, 8, 28, 4, veil('#ffffff', 0.85)),
  )
