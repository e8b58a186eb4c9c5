import { art, at, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, dark, down, light, orb, radial, veil } from './colour.ts'

/** Lean shoulder of pork with its rim of fat. */
export const porkShoulder: Art = art(
  100,
  72,
  shape(
    'M10 30 Q8 8 36 6 Q62 2 84 14 Q100 26 94 48 Q88 68 56 68 Q22 70 12 54 Q8 44 10 30Z',
    down('#ffe9df', '#f3c3b4'),
  ),
  shape(
    'M18 32 Q18 14 40 13 Q62 9 80 20 Q92 30 87 46 Q80 60 54 60 Q28 62 20 50 Q17 42 18 32Z',
    radial(0.36, 0.26, 0.85, '#f79a94', '#dd5a5f@0.55', '#a9323f'),
  ),
  line(
    'M26 34 Q40 24 52 32 Q62 40 80 30 M30 48 Q44 40 56 48 Q66 54 80 46 M46 16 Q48 26 42 36',
    veil('#ffe2d8', 0.85),
    2.4,
  ),
  shape('M24 28 Q26 18 40 17 Q34 22 30 30Z', veil('#ffffff', 0.4)),
)

/** Belly in layers: skin, fat, lean, fat, lean. */
export const porkBelly: Art = art(
  104,
  66,
  shape('M4 20 L20 4 H100 L88 20Z', across('#f6d3bd', '#fbe3d2', '#ecc0a6')),
  shape('M88 20 L100 4 V44 L88 62Z', across('#e0a294', '#c57f76')),
  rect(4, 20, 84, 42, 3, '#fff1ea'),
  rect(4, 20, 84, 6, 2, down('#e9b88f', '#f4d0b0')),
  shape('M4 31 Q24 27 46 31 T88 30 V38 Q66 41 46 38 T4 39Z', down('#f08a86', '#d95e63')),
  shape('M4 45 Q24 42 46 46 T88 44 V51 Q66 54 46 51 T4 52Z', down('#ee7f7d', '#d25158')),
  shape('M4 57 Q24 55 46 58 T88 57 V59 Q88 62 85 62 H7 Q4 62 4 59Z', '#e2706e'),
  shape('M88 27 L100 11 V17 L88 34Z M88 41 L100 25 V30 L88 48Z M88 55 L100 38 V41 L88 58Z', '#bb4a52'),
  line(
    'M10 34 q10 -2 18 0 M52 35 q12 1 22 -1 M12 48.6 q12 -2 20 0 M56 48.4 q10 1 20 -1',
    veil('#ffd9d0', 0.7),
    1.2,
  ),
  line('M8 23 H84', veil('#ffffff', 0.6), 1.2),
)

const rib = (x: number, y: number, turn: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn})`,
    rect(-9, -22, 18, 42, 8, across('#d65a5c', '#f58d88@0.35', '#c9474f@0.75', '#98303d')),
    rect(-9, -22, 5, 42, 2.5, veil('#ffe8df', 0.5)),
    oval(0, -20, 7.6, 5, '#f7d9cc') +
      oval(0, -20.6, 5, 3.2, down('#fffaf0', '#e9d9c4')) +
      oval(0, -20.6, 2, 1.3, '#c9837a'),
    line('M4 -10 Q6 0 4 14', veil('#ffd5cb', 0.6), 1.4),
  )

export const spareRibs: Art = art(
  100,
  58,
  rib(14, 26, -12) + rib(32, 25, -5) + rib(50, 25, 2) + rib(68, 25, 7) + rib(86, 26, 13),
  rib(24, 38, -8) + rib(42, 38, -2) + rib(60, 38, 4) + rib(77, 38, 9),
)

/** Beef shank, cut across: dark red with white sinew. */
export const beefShank: Art = art(
  100,
  74,
  shape('M6 36 Q4 12 34 8 Q70 2 90 20 Q100 38 90 56 Q76 72 42 70 Q8 68 6 36Z', down('#b8434a', '#7f2230')),
  shape(
    'M10 33 Q10 13 36 11 Q68 6 84 20 Q92 34 84 49 Q72 62 42 61 Q12 60 10 33Z',
    radial(0.38, 0.28, 0.85, '#ea6a68', '#c13c47@0.5', '#8f2233'),
  ),
  line(
    'M30 14 Q36 34 24 52 M52 11 Q46 30 58 44 Q60 54 54 60 M74 17 Q62 30 70 44 Q76 50 74 56 M14 34 Q30 36 38 44 Q46 50 58 44 M40 22 Q52 30 70 28',
    veil('#ffe6dc', 0.9),
    2.2,
  ),
  oval(44, 36, 6, 5, '#ffe9dd') + oval(44, 36, 3, 2.4, '#f6c6b6'),
  shape('M16 28 Q20 16 36 14 Q26 20 22 32Z', veil('#ffffff', 0.36)),
)

const muttonRoll = (x: number, y: number, turn: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn})`,
    shape('M-24 -8 H18 V9 H-24 Q-30 0 -24 -8Z', down('#f7a9a4', '#e0686c@0.4', '#fbe5dd@0.62', '#c84d58')),
    line('M-22 -3 H14 M-23 4.6 H12', veil('#fff2ec', 0.9), 2.2),
    oval(18, 0.5, 6.6, 9, down('#fbe0d8', '#efb9af')),
    line('M18 -5 Q23 -4 22.4 1 Q21 6 17 5 Q13.6 3 15 -1 Q17 -3 19 -0.6 Q20 1.4 18 2.2', '#d2575e', 2.1),
  )

export const muttonRolls: Art = art(
  114,
  66,
  muttonRoll(36, 12, -5) + muttonRoll(82, 12, 4) + muttonRoll(28, 30, 3) + muttonRoll(76, 29, -3),
  muttonRoll(42, 47, -2) + muttonRoll(88, 47, 3),
)

const breast = (x: number, y: number, turn: number, flip: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn}) scale(${flip} 1)`,
    shape(
      'M-26 -4 Q-22 -24 2 -22 Q24 -20 30 0 Q34 14 26 20 Q8 26 -10 18 Q-28 12 -26 -4Z',
      radial(0.36, 0.26, 0.9, '#fff3ea', '#fbcdbd@0.55', '#e29a8c'),
    ),
    line('M-16 -4 Q4 -14 22 4 M-14 6 Q4 -2 22 13', veil('#ffffff', 0.6), 2),
    line('M-18 2 Q2 -8 24 10', veil('#d98878', 0.4), 1),
  )
export const chickenBreast: Art = art(104, 58, breast(32, 30, -8, 1), breast(72, 30, 8, -1))

const wing = (x: number, y: number, turn: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn})`,
    shape(
      'M-24 0 Q-25 -11 -14 -11 Q-4 -8 6 -10 Q22 -15 25 -2 Q27 11 14 12 Q2 9 -10 11 Q-23 12 -24 0Z',
      radial(0.36, 0.2, 0.95, '#fff6e2', '#f7d8b0@0.5', '#dba877'),
    ),
    line('M-12 -3 Q0 -1 12 -4 M-10 4 Q2 5 14 3', veil('#c98f5c', 0.42), 1.2),
    [-15, -8, 0, 8, 15]
      .map((px) => oval(px, -6 + Math.abs(px) * 0.06, 0.9, 0.7, veil('#c48a58', 0.5)))
      .join(''),
    oval(24, -1, 2.4, 4, '#f5cfc0'),
  )
export const chickenWings: Art = art(
  112,
  68,
  wing(30, 13, -8) +
    wing(82, 13, 7) +
    wing(56, 24, 2) +
    wing(27, 37, 6) +
    wing(84, 37, -5) +
    wing(42, 55, -3) +
    wing(78, 56, 6),
)

/** A grey pulp board with rows of eggs. */
export const eggBoard = (egg: Art): Art =>
  art(
    110,
    70,
    shape('M12 16 H98 L108 46 H2Z', down('#b9b1b6', '#d3ccd0')),
    [
      [20, 24, [24, 40, 55, 70, 86]],
      [22, 35, [20, 37.5, 55, 72.5, 90]],
      [24, 47, [16, 35, 55, 75, 94]],
    ]
      .map(([size, y, xs]) =>
        (xs as number[]).map((x) => at(egg, { x, y: y as number, size: size as number })).join(''),
      )
      .join(''),
    shape(
      'M1 44 Q7 38 13 44 Q19 50 25.5 44 Q32 38 38 44 Q44 50 50 44 Q55 40 60 44 Q66 50 72 44 Q78 38 84.5 44 Q91 50 97 44 Q103 38 109 44 L104 63 Q103 68 98 68 H12 Q7 68 6 63Z',
      down('#e6e0e3', '#c6bec4@0.5', '#9d949c'),
    ),
    line('M10 58 Q55 64 100 58', veil('#7d737d', 0.35), 1.2),
  )

/** A pale green duck egg and one cut to show its red yolk. */
export const duckEgg: Art = art(
  72,
  92,
  shape(
    'M36 2 Q60 12 67 48 Q70 88 36 90 Q2 88 5 48 Q12 12 36 2Z',
    radial(0.36, 0.3, 0.8, '#f4fbf6', '#cbe2d8@0.55', '#8fb0a8'),
  ),
  oval(24, 32, 7, 13, veil('#ffffff', 0.6), 'transform="rotate(18 24 32)"'),
)
export const duckEggCut: Art = art(
  84,
  68,
  shape('M42 2 Q74 4 80 34 Q80 66 42 66 Q4 66 4 34 Q10 4 42 2Z', down('#d3e6dd', '#93b3aa')),
  shape('M42 5 Q71 7 77 34 Q76 61 42 61 Q8 61 7 34 Q13 7 42 5Z', radial(0.4, 0.3, 0.8, '#ffffff', '#f0f0f4')),
  oval(42, 36, 22, 18.6, radial(0.38, 0.3, 0.8, '#ffcf62', '#f48a1e@0.55', '#cf5a12')),
  oval(35, 30, 6, 3.6, veil('#fff4cf', 0.7)),
)

/** Cooked meat in slices, overlapping; `rim` is the edge, `lean` the cut face. */
export const slicedMeat = (rim: string, lean: string, grain: string, fat?: string): Art => {
  const slice = (x: number, turn: number): string =>
    group(
      `translate(${x} 34) rotate(${turn})`,
      shape('M-17 -26 Q0 -32 16 -25 Q24 0 15 26 Q0 32 -16 26 Q-25 0 -17 -26Z', dark(rim, 0.12)),
      shape(
        'M-15 -24 Q0 -29 14 -23 Q21 0 13 24 Q0 29 -14 24 Q-22 0 -15 -24Z',
        radial(0.36, 0.26, 0.9, light(lean, 0.3), `${lean}@0.5`, dark(lean, 0.26)),
      ),
      fat === undefined
        ? ''
        : shape('M-17 -8 Q0 -16 19 -8 L19 0 Q0 -7 -18 1Z', down(light(fat, 0.4), fat)) +
            shape('M-17 13 Q0 6 17 13 L15 19 Q0 13 -16 19Z', down(light(fat, 0.4), fat)),
      line('M-11 -16 Q-2 -12 8 -17 M-13 -3 Q0 3 12 -3 M-11 10 Q0 16 11 10', veil(grain, 0.55), 1.5),
    )
  return art(112, 68, slice(90, 12), slice(74, 8), slice(58, 3), slice(41, -3), slice(24, -9))
}

export const parsley: Art = art(
  30,
  24,
  [
    [-40, '#3f9a44'],
    [0, '#57b04e'],
    [40, '#3f9a44'],
  ]
    .map(([turn, tone]) =>
      group(
        `translate(15 23) rotate(${turn})`,
        line('M0 0 V-10', '#6fae4a', 1.6) +
          oval(0, -14, 5, 6, orb(String(tone))) +
          oval(-4, -11, 3.4, 4, orb(String(tone))) +
          oval(4, -11, 3.4, 4, orb(String(tone))),
      ),
    )
    .join(''),
)
