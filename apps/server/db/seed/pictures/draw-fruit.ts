import { art, at, dice, emoji, group, line, oval, shape, type Art } from './art.ts'
import { across, dark, down, light, orb, radial, slant, veil } from './colour.ts'

/** Whole striped watermelon. */
export const watermelon: Art = art(
  104,
  96,
  oval(52, 50, 50, 45, radial(0.36, 0.26, 0.85, '#a5dc6c', '#5fae3f@0.45', '#1f6a34')),
  [
    'M50 6 Q30 28 32 50 Q32 76 50 94',
    'M52 6 Q52 30 54 50 Q55 74 52 94',
    'M54 6 Q76 26 76 50 Q76 76 54 94',
    'M46 6 Q14 24 13 50 Q14 74 46 93',
    'M58 6 Q90 24 94 48 Q94 72 60 93',
  ]
    .map((d) => line(d, '#1e6435', 5.6, 'stroke-dasharray="9 1.6 6 2" opacity=".85"'))
    .join(''),
  oval(36, 26, 15, 9, veil('#ffffff', 0.32), 'transform="rotate(-28 36 26)"'),
  line('M52 7 Q51 0 58 -1', '#7d8f3c', 3),
  oval(52, 8, 6, 2.4, '#3c7a34'),
)

/** A hand of five bananas. */
export const bananas: Art = ((): Art => {
  const banana = (turn: number, tone: string): string =>
    group(
      `rotate(${turn} 22 12)`,
      shape(
        'M18 12 Q4 46 26 72 Q44 92 66 92 Q72 91 70 86 Q46 76 36 52 Q30 34 27 12Z',
        slant(light(tone, 0.3), `${tone}@0.45`, '#c98a14'),
      ),
      line('M21 18 Q14 46 33 70 Q46 84 64 88', veil('#fff7c4', 0.75), 2.6),
      shape('M64 91 Q70 94 72 90 Q73 86 69 85 Q65 87 64 91Z', '#6a4a20'),
    )
  return art(
    92,
    98,
    banana(-44, '#f2c02c') +
      banana(-27, '#f5c933') +
      banana(-12, '#f8d040') +
      banana(3, '#fbd748') +
      banana(17, '#fddf58'),
    shape('M14 14 Q12 4 18 0 H27 Q31 4 29 14 Q22 19 14 14Z', down('#8a6a2c', '#d3ab37')),
  )
})()

/** Dragon fruit: magenta skin with green-tipped scales. */
export const dragonFruit: Art = ((): Art => {
  const scale = (x: number, y: number, turn: number, size: number): string =>
    group(
      `translate(${x} ${y}) rotate(${turn}) scale(${size})`,
      shape('M-8 6 Q-6 -8 3 -20 Q8 -4 9 6 Q0 11 -8 6Z', down('#b9dc52', '#ee6aa0@0.62', '#e23b84')),
    )
  return art(
    88,
    100,
    scale(30, 20, -24, 1.05) + scale(58, 20, 24, 1.05) + scale(44, 17, 0, 1.2),
    oval(44, 60, 39, 38, radial(0.35, 0.28, 0.8, '#ff8ab8', '#e63a86@0.5', '#9a1159')),
    scale(10, 50, -44, 0.9) + scale(78, 50, 44, 0.9) + scale(10, 74, -58, 0.72) + scale(78, 74, 58, 0.72),
    scale(28, 44, -10, 0.9) +
      scale(60, 44, 10, 0.9) +
      scale(44, 62, 0, 0.95) +
      scale(22, 68, -16, 0.8) +
      scale(66, 68, 16, 0.8) +
      scale(44, 86, 0, 0.72),
  )
})()

/** Cut dragon fruit with black seeds. */
export const dragonFruitHalf: Art = ((): Art => {
  const roll = dice(5)
  const seeds = Array.from({ length: 80 }, () => {
    const turn = roll() * Math.PI * 2
    const far = Math.sqrt(roll()) * 0.9
    return oval(34 + Math.cos(turn) * far * 26, 40 + Math.sin(turn) * far * 32, 0.9, 1.2, '#3a2a3a')
  })
  return art(
    68,
    80,
    oval(34, 40, 33, 39, orb('#e23b84')),
    oval(34, 40, 29.6, 35.6, '#f9b7d2'),
    oval(34, 40, 28, 34, radial(0.42, 0.36, 0.7, '#ffffff', '#f1eef6')),
    seeds.join(''),
  )
})()

/** Halves of a citrus: rind, pith, segments. */
export const citrusHalf = (rind: string, flesh: string): Art =>
  art(
    64,
    64,
    oval(32, 32, 31, 31, orb(rind)),
    oval(32, 32, 27, 27, '#fff2d2'),
    Array.from({ length: 10 }, (_, i) =>
      group(
        `translate(32 32) rotate(${i * 36})`,
        shape(
          'M0 -2.4 Q-7.4 -14 -5.6 -22 Q0 -26 5.6 -22 Q7.4 -14 0 -2.4Z',
          down(light(flesh, 0.12), flesh, light(flesh, 0.34)),
        ),
      ),
    ).join(''),
    oval(32, 32, 2.2, 2.2, '#fff2d2'),
  )

/** Netted yellow melon with a cut slice. */
export const hamiMelon: Art = art(
  108,
  84,
  oval(54, 43, 52, 40, radial(0.34, 0.26, 0.85, '#fbe69a', '#e8bd4e@0.5', '#a0742a')),
  [
    'M6 40 Q30 24 54 40 T102 38',
    'M10 58 Q34 42 56 58 T98 56',
    'M16 22 Q40 10 60 22 T94 22',
    'M26 12 Q18 40 30 76',
    'M46 5 Q40 44 50 82',
    'M66 5 Q72 44 64 82',
    'M86 14 Q94 42 80 74',
    'M24 72 Q44 60 58 73 T86 70',
    'M36 8 Q30 30 40 50',
    'M76 8 Q82 40 72 58',
  ]
    .map((d) => line(d, veil('#fff8dc', 0.78), 1.5))
    .join(''),
  line('M104 36 Q110 33 109 26', '#7c8a3c', 3.6),
  oval(36, 24, 13, 7, veil('#ffffff', 0.3), 'transform="rotate(-20 36 24)"'),
)

export const melonSlice: Art = art(
  86,
  48,
  shape('M2 10 Q8 46 43 47 Q78 46 84 10 Q44 26 2 10Z', down('#e7c55c', '#bd8d33')),
  shape('M4 10 Q12 40 43 41 Q74 40 82 10 Q44 24 4 10Z', down('#ffc46a', '#ffa24a@0.6', '#ffd79a')),
  shape('M20 14.4 Q26 26 43 27 Q60 26 66 14.4 Q44 19.6 20 14.4Z', '#ffe0ae'),
  line('M30 20 l3 1 M39 22 l3 .6 M48 22 l3 -.4 M56 19.6 l3 -.8', '#f6efdc', 2.4),
)

/** Oval cherry tomato. */
export const cherryTomato: Art = art(
  52,
  62,
  oval(26, 36, 24, 25, radial(0.35, 0.26, 0.8, '#ff9a80', '#ea3a30@0.45', '#a80f2a')),
  oval(17, 27, 5, 8, veil('#ffffff', 0.5), 'transform="rotate(22 17 27)"'),
  [0, 72, 144, 216, 288]
    .map((turn) =>
      group(`translate(26 14) rotate(${turn})`, shape('M-2.6 0 Q-4 -8 0 -13 Q4 -8 2.6 0Z', '#4f9f3e')),
    )
    .join(''),
  line('M26 14 Q26 6 30 2', '#3f8538', 2.8),
)

/** Chestnut kernels in and out of the shell. */
export const roastedChestnut: Art = art(
  70,
  60,
  shape(
    'M35 2 Q66 14 67 36 Q66 58 35 58 Q4 58 3 36 Q4 14 35 2Z',
    radial(0.38, 0.26, 0.85, '#c4733e', '#7d3b1c@0.5', '#461a0e'),
  ),
  shape('M4 42 Q35 34 66 42 Q62 58 35 58 Q8 58 4 42Z', down('#e8bd8a', '#c9925a')),
  line('M35 8 Q34 20 37 33', '#ffdf9a', 3.4),
  shape('M18 18 Q26 10 34 9 Q22 18 18 30Z', veil('#ffffff', 0.42)),
)

/** A white pear of the plain: yellow, speckled. */
export const snowPear: Art = ((): Art => {
  const roll = dice(21)
  const specks = Array.from({ length: 46 }, () =>
    oval(14 + roll() * 60, 34 + roll() * 58, 0.7, 0.7, veil('#a97f2c', 0.55)),
  ).join('')
  return art(
    88,
    102,
    shape(
      'M44 18 Q58 18 62 34 Q66 44 76 54 Q88 68 80 86 Q70 101 44 101 Q18 101 8 86 Q0 68 12 54 Q22 44 26 34 Q30 18 44 18Z',
      radial(0.36, 0.3, 0.8, '#fff8c2', '#f8dc62@0.55', '#cf9c30'),
    ),
    specks,
    line('M44 21 Q44 10 50 2', '#6a4a26', 3.6),
    shape('M47 12 Q58 -2 78 6 Q70 20 47 14Z', slant('#a8de62', '#4f9a3a')) +
      line('M50 12 Q62 6 73 8', '#d6f2a2', 1.3),
    oval(26, 60, 7, 14, veil('#ffffff', 0.4), 'transform="rotate(18 26 60)"'),
  )
})()

/** Berries piled inside a punnet. */
export const pile = (piece: Art, size: number, rows: readonly [y: number, xs: readonly number[]][]): string =>
  rows
    .map(([y, xs]) => xs.map((x, i) => at(piece, { x, y, size, turn: ((i * 37 + y) % 28) - 14 })).join(''))
    .join('')

export const strawberry: Art = emoji('1f353', 'hue-rotate(8deg)')
/** One blueberry with its crown and bloom. */
export const blueberry: Art = art(
  40,
  40,
  oval(20, 20, 19, 19, radial(0.36, 0.3, 0.8, '#8fa4e6', '#4a5bb0@0.5', '#232a66')),
  shape('M13 14 L17 15 L20 11 L23 15 L28 14 L26 19 L28 23 L22 22 L19 25 L17 21 L13 20 L16 17Z', '#28306e'),
  oval(20, 18, 3.4, 3, across('#1b2152', '#39438c')),
)

/** Peach-pale skin tone of a ripening mandarin, with its leaf. */
export const mandarin = (colour: string): Art =>
  art(
    72,
    66,
    oval(36, 37, 34, 28, radial(0.36, 0.26, 0.82, light(colour, 0.46), `${colour}@0.5`, dark(colour, 0.3))),
    oval(36, 14, 8, 3.4, dark(colour, 0.14)),
    line('M36 14 L37 8', '#5a7a34', 3),
    shape('M37 10 Q46 -4 64 2 Q58 16 37 12Z', slant('#8bcf56', '#34813a')) +
      line('M40 10 Q50 4 60 4', '#d2f0a0', 1.2),
    oval(22, 28, 7, 5, veil('#ffffff', 0.4), 'transform="rotate(-28 22 28)"'),
    Array.from({ length: 18 }, (_, i) =>
      oval(14 + ((i * 29) % 46), 26 + ((i * 17) % 32), 0.7, 0.7, veil(dark(colour, 0.4), 0.4)),
    ).join(''),
  )
