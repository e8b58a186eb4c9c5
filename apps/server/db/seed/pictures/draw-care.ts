import { art, at, line, oval, rect, shape, type Art } from './art.ts'
import { across, dark, down, light, radial, slant, veil } from './colour.ts'

/** Facial tissue pack with one tissue pulled out. */
export const tissuePack = (colour: string, print?: Art): Art =>
  art(
    104,
    74,
    shape(
      'M40 30 Q34 12 46 4 Q52 -2 58 6 Q68 4 66 16 Q68 24 64 30Z',
      radial(0.4, 0.3, 0.8, '#ffffff', '#f2f3fa@0.6', '#d5d8ea'),
    ),
    line('M50 28 Q46 16 50 8 M58 28 Q60 18 58 10', veil('#aab0cc', 0.6), 1.3),
    shape(
      'M10 30 H94 Q100 30 102 38 L103 66 Q103 73 95 73 H9 Q1 73 1 66 L2 38 Q4 30 10 30Z',
      down(light(colour, 0.3), `${colour}@0.6`, dark(colour, 0.16)),
    ),
    shape(
      'M12 24 H92 Q99 25 101 34 Q102 42 93 42 H11 Q2 42 3 34 Q5 25 12 24Z',
      down(light(colour, 0.65), light(colour, 0.34)),
    ),
    oval(52, 31, 17, 4.6, veil(dark(colour, 0.4), 0.35)),
    shape('M42 31 Q40 22 48 20 Q58 22 62 31Z', '#f7f8fd'),
    rect(60, 50, 28, 4.4, 2.2, veil('#ffffff', 0.92)) + rect(60, 58, 18, 3, 1.5, veil('#ffffff', 0.7)),
    print === undefined ? '' : at(print, { x: 30, y: 68, size: 24 }),
  )

/** Refuse sacks: the roll, and a filled one tied. */
export const binBagRoll = (colour: string): Art =>
  art(
    64,
    44,
    shape('M10 4 H52 V42 H10Z', down(light(colour, 0.3), `${colour}@0.5`, dark(colour, 0.3))),
    oval(10, 23, 8, 19, across(dark(colour, 0.1), dark(colour, 0.34))) +
      oval(10, 23, 5.4, 13, colour) +
      oval(10, 23, 3, 7, '#efe4d2') +
      oval(10, 23, 1.8, 4.6, '#8a6a4a'),
    oval(52, 23, 8, 19, down(light(colour, 0.18), dark(colour, 0.2))),
    rect(18, 12, 24, 20, 2, veil('#ffffff', 0.92)) +
      rect(22, 17, 16, 3.4, 1.7, colour) +
      rect(24, 24, 12, 2.4, 1.2, veil(colour, 0.6)),
  )
export const fullBinBag = (colour: string): Art =>
  art(
    74,
    86,
    shape('M32 20 Q22 10 26 2 Q32 8 36 2 Q40 8 46 2 Q50 10 42 20Z', down(light(colour, 0.3), colour)),
    shape(
      'M32 20 Q4 32 3 60 Q3 84 37 85 Q71 84 71 60 Q70 32 42 20Z',
      radial(0.36, 0.3, 0.85, light(colour, 0.42), `${colour}@0.55`, dark(colour, 0.36)),
    ),
    shape('M29 18 Q37 22 45 18 L44 24 Q37 27 30 24Z', '#e8402c'),
    line('M26 34 Q16 48 18 64 M48 34 Q58 48 56 66 M37 32 Q36 50 38 72', veil('#ffffff', 0.24), 2),
  )

/** Sanitary towel, unfolded, with wings. */
export const sanitaryTowel: Art = art(
  40,
  84,
  shape('M8 32 Q-2 36 1 44 Q3 50 9 50Z M32 32 Q42 36 39 44 Q37 50 31 50Z', '#f3eef8'),
  rect(7, 1, 26, 82, 13, across('#e6def0', '#ffffff@0.35', '#d9cfe6')),
  rect(12, 8, 16, 68, 8, 'none', 'stroke="#e7a8c2" stroke-width="1.6" stroke-dasharray="2.4 2"'),
  line('M20 26 V58', veil('#e7a8c2', 0.7), 2),
)

/** Toothpaste strip on a brush is an illustration already; here a swirl mark for the tube. */
export const freshMark: Art = art(
  40,
  40,
  shape('M20 3 Q36 22 30 33 Q26 39 20 39 Q14 39 10 33 Q4 22 20 3Z', slant('#a6e8f4', '#2f9ad0')),
  shape('M12 30 Q20 20 28 30 Q24 36 20 36 Q15 36 12 30Z', veil('#ffffff', 0.6)),
)

/** A folded nappy. */
export const nappy: Art = art(
  84,
  60,
  shape(
    'M2 8 Q42 2 82 8 Q84 20 78 28 Q62 34 56 56 Q42 60 28 56 Q22 34 6 28 Q0 20 2 8Z',
    radial(0.4, 0.2, 0.9, '#ffffff', '#f6f8fd@0.6', '#d3daea'),
  ),
  rect(2, 10, 16, 10, 4, '#8fd0f0') + rect(66, 10, 16, 10, 4, '#8fd0f0'),
  line('M20 9 Q42 14 64 9', veil('#8fd0f0', 0.9), 3),
  line('M10 28 Q26 32 32 54 M74 28 Q58 32 52 54', veil('#9aa8c8', 0.5), 1.6),
  [
    [36, 26],
    [48, 26],
    [42, 36],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 2.6, 2.6, '#f6b8c8'))
    .join(''),
)
