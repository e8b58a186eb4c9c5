import { art, at, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, veil } from './colour.ts'

/** Six or more of one thing under shrink film, front row complete. */
export const shrinkPack = (piece: Art, film: string, columns = 4): Art => {
  const width = columns * 21 + 8
  const side = 66
  const row = (y: number, shift: number): string =>
    Array.from({ length: columns }, (_, i) => at(piece, { x: 14 + shift + i * 21, y, size: side })).join('')
  return art(
    width + 10,
    92,
    row(76, 8),
    row(88, 0),
    shape(
      `M2 52 Q${width / 2} 56 ${width} 52 L${width} 88 Q${width} 91 ${width - 4} 91 H6 Q2 91 2 88Z`,
      down(veil(light(film, 0.3), 0.9), veil(film, 0.86)),
    ),
    shape(`M${width} 52 L${width + 10} 42 V78 L${width} 90Z`, veil(dark(film, 0.26), 0.9)),
    rect(width * 0.28, 62, width * 0.44, 5, 2.5, veil('#ffffff', 0.95)) +
      rect(width * 0.36, 71, width * 0.28, 3.4, 1.7, veil('#ffffff', 0.7)),
    shape(`M8 56 L22 57 L16 90 L5 90Z`, veil('#ffffff', 0.24)),
  )
}

/** Almond drink can art: an almond pair on a leaf. */
export const almondMark: Art = art(
  60,
  46,
  shape('M30 20 Q44 2 58 8 Q54 28 34 26Z', down('#8fd05c', '#3f9a44')),
  group(
    'translate(20 26) rotate(-24)',
    shape(
      'M0 -18 Q15 0 12 12 Q7 19 0 19 Q-7 19 -12 12 Q-15 0 0 -18Z',
      radial(0.36, 0.3, 0.85, '#f6cf96', '#cf8f48@0.55', '#8a5024'),
    ) + line('M0 -10 V14 M-6 -2 Q-7 6 -5 12 M6 -2 Q7 6 5 12', veil('#6a3a18', 0.4), 1.3),
  ),
  group(
    'translate(40 30) rotate(20)',
    shape(
      'M0 -16 Q13 0 11 10 Q6 16 0 16 Q-6 16 -11 10 Q-13 0 0 -16Z',
      radial(0.36, 0.3, 0.85, '#fffaf0', '#f6e6cc@0.6', '#d6bd98'),
    ),
  ),
)

/** Herbal mark: three leaves and a flower. */
export const herbMark: Art = art(
  50,
  50,
  [
    [-58, '#4f9f3e'],
    [58, '#3f8f3a'],
    [0, '#6bbb4f'],
  ]
    .map(([turn, tone]) =>
      group(
        `translate(25 44) rotate(${turn})`,
        shape('M0 0 Q-13 -16 0 -34 Q13 -16 0 0Z', down(light(String(tone), 0.3), String(tone))) +
          line('M0 -2 V-28', veil('#eaf7c8', 0.7), 1.2),
      ),
    )
    .join(''),
  Array.from({ length: 6 }, (_, i) =>
    group(`translate(25 22) rotate(${i * 60})`, oval(0, -8, 4.4, 7, '#fff3c4')),
  ).join(''),
  oval(25, 22, 4.6, 4.6, orb('#f0b02e')),
)

/** Jasmine: five white petals with leaves. */
export const jasmine: Art = art(
  50,
  46,
  shape('M6 36 Q4 18 24 22 Q22 38 6 36Z', '#4f9f3e') + shape('M44 38 Q48 20 28 22 Q28 40 44 38Z', '#3f8f3a'),
  Array.from({ length: 5 }, (_, i) =>
    group(`translate(25 20) rotate(${i * 72})`, oval(0, -10, 6, 9.4, down('#ffffff', '#e6e9e0'))),
  ).join(''),
  oval(25, 20, 3.6, 3.6, orb('#f4cf4a')),
)

/** Loose green tea in a small heap. */
export const teaLeaves: Art = art(
  90,
  40,
  Array.from({ length: 46 }, (_, i) => {
    const x = 45 + Math.sin(i * 2.4) * (6 + i * 0.72)
    const y = 8 + i * 0.62
    const tone = i % 3 === 0 ? '#3f6b34' : i % 3 === 1 ? '#5a8a42' : '#2f5430'
    return line(
      `M${(x - 7).toFixed(1)} ${(y + Math.cos(i) * 2).toFixed(1)} q7 ${(-4 + (i % 5)).toFixed(1)} 14 ${((i % 4) - 1).toFixed(1)}`,
      tone,
      2.6,
    )
  }).join(''),
  at(jasmine, { x: 30, y: 34, size: 22 }),
  at(jasmine, { x: 62, y: 30, size: 18, turn: 30 }),
)

/** Small porcelain cup of spirits. */
export const spiritCup = (drink: string): Art =>
  art(
    46,
    44,
    shape(
      'M3 8 Q4 34 14 40 Q23 44 32 40 Q42 34 43 8Z',
      across(veil('#cfe0ee', 0.85), veil('#ffffff', 0.6), veil('#b4c8da', 0.9)),
    ),
    shape('M5 16 Q7 32 15 36 Q23 39 31 36 Q39 32 41 16Z', veil(drink, 0.85)),
    oval(23, 16, 18, 3.6, light(drink, 0.4)),
    oval(23, 8, 20, 4.2, veil('#ffffff', 0.75)),
    oval(23, 8, 17, 2.8, veil('#dbe6f2', 0.8)),
    shape('M9 14 Q10 28 16 34 L18 33 Q13 26 13 14Z', veil('#ffffff', 0.6)),
  )

/** White porcelain spirits bottle with a red ribbon. */
export const porcelainBottle: Art = art(
  50,
  112,
  rect(17, 0, 16, 14, 3, column('#c8301f')),
  rect(19, 12, 12, 8, 1, column('#f4f2f6')),
  shape(
    'M19 18 Q18 28 8 36 Q1 42 2 54 L6 104 Q7 111 14 111 H36 Q43 111 44 104 L48 54 Q49 42 42 36 Q32 28 31 18Z',
    column('#fbfafc'),
  ),
  shape('M2.4 58 Q25 64 47.6 58 L45 92 Q25 98 5 92Z', column('#c8301f')),
  oval(25, 76, 12, 12, '#ffe9b8') + oval(25, 76, 9.4, 9.4, orb('#e8b02e')),
  line('M16 22 Q25 26 34 22', '#c8301f', 3.4),
  line('M25 24 Q22 34 24 44 M25 24 Q30 32 29 40', '#c8301f', 2.6),
  rect(10, 40, 3.6, 60, 1.8, veil('#ffffff', 0.7)),
)

/** Goji berries resting in the clear spirit of a flask. */
export const gojiFlask: Art = art(
  60,
  112,
  rect(22, 0, 16, 13, 3, column('#7a3a1c')),
  shape(
    'M24 12 V26 Q23 34 12 42 Q2 50 2 68 Q2 111 30 111 Q58 111 58 68 Q58 50 48 42 Q37 34 36 26 V12Z',
    across(dark('#e8a060', 0.1), light('#f6c890', 0.5), '#f0b070', dark('#e09050', 0.16)),
  ),
  shape(
    'M3 66 Q30 72 57 66 Q58 110 30 110 Q2 110 3 66Z',
    radial(0.4, 0.3, 0.9, '#f6b070', '#d9632e@0.7', '#a83a1c'),
  ),
  Array.from({ length: 30 }, (_, i) =>
    group(
      `translate(${10 + ((i * 17) % 41)} ${90 + ((i * 7) % 16)}) rotate(${i * 47})`,
      oval(0, 0, 3.6, 1.9, '#9c1f16') + oval(-0.3, -0.3, 3, 1.4, '#e8402c'),
    ),
  ).join(''),
  rect(16, 56, 28, 22, 3, down('#fff6e0', '#f6e2ba')) +
    rect(21, 61, 18, 4, 2, '#b5382a') +
    rect(24, 68, 12, 3, 1.5, veil('#b5382a', 0.6)),
  shape('M26 14 V28 Q24 38 15 46 Q8 54 8 72 L12 82 Q11 60 20 48 Q28 40 29 28 V14Z', veil('#ffffff', 0.5)),
)
