// Bottles, jugs and jars. No names, no logos: the liquid, a label of colour and a print say what is in them.
import { art, at, line, oval, rect, shape, type Art } from './art.ts'
import { column, dark, down, light, radial, veil } from './colour.ts'

type Look = {
  readonly cap?: string
  readonly label?: string
  readonly print?: Art
  readonly printSize?: number
}

const shine = (d: string, opacity = 0.5): string => shape(d, veil('#ffffff', opacity))

/** Glass bottle with round shoulders: soy sauce, vinegar, sesame oil, spirits, wine. */
export function glassBottle(
  liquid: string,
  {
    cap = '#c8372d',
    label = '#fff3d8',
    print,
    printSize = 20,
    width = 38,
    neck = 11,
    shoulder = 42,
    band,
  }: Look & { width?: number; neck?: number; shoulder?: number; band?: string } = {},
): Art {
  const c = width / 2
  const n = neck / 2
  const body = `M${c - n} 12 V24 Q${c - n} 32 3 ${shoulder} Q1 ${shoulder + 3} 1 ${shoulder + 8} V106 Q1 111 7 111 H${width - 7} Q${width - 1} 111 ${width - 1} 106 V${shoulder + 8} Q${width - 1} ${shoulder + 3} ${width - 3} ${shoulder} Q${c + n} 32 ${c + n} 24 V12Z`
  const labelTop = shoulder + 14
  return art(
    width,
    112,
    shape(body, column(liquid)),
    rect(c - n - 1.6, 0, neck + 3.2, 14, 2.4, column(cap)),
    line(`M${c - n - 1} 10 H${c + n + 1}`, veil(dark(cap, 0.5), 0.4), 0.9),
    shape(
      `M1 ${labelTop} Q${c} ${labelTop + 3.6} ${width - 1} ${labelTop} V98 Q${c} 101.6 1 98Z`,
      column(label),
    ),
    band === undefined
      ? ''
      : shape(
          `M1 ${labelTop + 4} Q${c} ${labelTop + 7.6} ${width - 1} ${labelTop + 4} V${labelTop + 8} Q${c} ${labelTop + 11.6} 1 ${labelTop + 8}Z`,
          column(band),
        ) + shape(`M1 93 Q${c} 96.6 ${width - 1} 93 V96 Q${c} 99.6 1 96Z`, column(band)),
    print === undefined
      ? ''
      : at(print, { x: c, y: (labelTop + 102) / 2 + printSize * 0.5 + 1, size: printSize }),
    shine(
      `M${c - n + 1.6} 15 V26 Q${c - n} 34 6 ${shoulder + 4} L5 ${shoulder + 10} L8.4 ${shoulder + 10} Q9 ${shoulder + 3} ${c - n + 3} 33 L${c - n + 4} 15Z`,
      0.5,
    ),
    rect(4.4, labelTop - 2, 2.8, 106 - labelTop, 1.4, veil('#ffffff', 0.35)),
  )
}

/** PET drink bottle with a waist label. */
export function petBottle(
  liquid: string,
  { cap = '#ffffff', label = '#2f9a4e', print, printSize = 22, wide = 1 }: Look & { wide?: number } = {},
): Art {
  const svg = [
    rect(14, 0, 14, 9, 2.2, column(cap)),
    line('M14.6 6.4 H27.4', veil(dark(cap, 0.5), 0.35), 0.8),
    rect(15.6, 8.4, 10.8, 5, 1, column(light(liquid, 0.3))),
    shape(
      'M16 13 Q15 22 6 30 Q2 34 2 40 V98 Q2 107 9 107 H33 Q40 107 40 98 V40 Q40 34 36 30 Q27 22 26 13Z',
      column(liquid),
    ),
    shape('M2 84 Q21 89 40 84 V98 Q40 107 33 107 H9 Q2 107 2 98Z', veil(dark(liquid, 0.5), 0.16)),
    line('M3 92 Q21 97 39 92 M4 99 Q21 103.4 38 99', veil('#ffffff', 0.4), 1),
    shape('M2 44 Q21 49 40 44 V80 Q21 85 2 80Z', column(label)),
    rect(11, 50.6, 20, 3.6, 1.8, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 21, y: 68 + printSize * 0.5, size: printSize }),
    shine('M16.6 16 Q14 26 8 33 Q5.4 36 5.4 42 L8.6 43 Q9 36 12 33 Q18 26 19 16Z'),
    rect(5.6, 47, 3, 34, 1.5, veil('#ffffff', 0.34)),
  ].join('')
  return art(42 * wide, 108, `<g transform="scale(${wide} 1)">${svg}</g>`)
}

/** Five-litre cooking-oil jug with a handle. */
export function oilJug(
  oil: string,
  { cap = '#d2402c', label = '#c23a26', print, printSize = 30 }: Look = {},
): Art {
  return art(
    72,
    104,
    rect(18, 0, 18, 11, 2.6, column(cap)),
    rect(20, 10, 14, 6, 1.4, column(light(oil, 0.25))),
    shape(
      'M20 15 Q19 20 12 25 Q3 31 3 42 V94 Q3 103 12 103 H60 Q69 103 69 94 V44 Q69 26 56 20 Q46 15.4 34 15Z',
      column(oil),
    ),
    shape('M44 24 Q58 27 60 40 Q60.6 46 54 46 Q48 46 47.4 40 Q46.6 35 42 31 Q38 26 44 24Z', light(oil, 0.72)),
    line('M44 24 Q58 27 60 40', veil(dark(oil, 0.4), 0.4), 1.6),
    shape('M3 54 Q36 61 69 54 V90 Q36 97 3 90Z', column(label)),
    rect(20, 61.5, 32, 5, 2.5, veil('#ffffff', 0.94)),
    print === undefined ? '' : at(print, { x: 36, y: 79 + printSize * 0.42, size: printSize }),
    shine('M9 34 Q7 40 7.6 50 L12 51 Q11.6 38 16 31Z', 0.6),
    rect(8, 58, 4, 30, 2, veil('#ffffff', 0.34)),
    line('M14 22 Q8 27 6 33', veil('#ffffff', 0.6), 1.4),
  )
}

/** Wide-mouthed jar with a screw lid. */
export function jar(
  filling: string,
  { cap = '#d8352b', label = '#fff1d2', print, printSize = 32, height = 78 }: Look & { height?: number } = {},
): Art {
  const foot = height - 1
  return art(
    64,
    height,
    shape(
      `M6 18 Q1 21 1 28 V${foot - 10} Q1 ${foot} 11 ${foot} H53 Q63 ${foot} 63 ${foot - 10} V28 Q63 21 58 18Z`,
      column(filling),
    ),
    shape(
      `M6 18 Q1 21 1 28 V${foot - 10} Q1 ${foot} 11 ${foot} H53 Q63 ${foot} 63 ${foot - 10} V28 Q63 21 58 18Z`,
      radial(0.3, 0.2, 0.8, veil('#ffffff', 0.2), veil('#ffffff', 0)),
    ),
    shape(`M1 33 Q32 38 63 33 V${foot - 12} Q32 ${foot - 7} 1 ${foot - 12}Z`, column(label)),
    shape('M5 5 V16 Q5 19.6 32 19.6 Q59 19.6 59 16 V5Z', column(cap)),
    oval(32, 5, 27, 5, down(light(cap, 0.45), light(cap, 0.12))),
    line('M5.4 12 Q32 17.6 58.6 12', veil(dark(cap, 0.5), 0.3), 1),
    print === undefined
      ? ''
      : at(print, { x: 32, y: (33 + foot - 12) / 2 + printSize * 0.5 + 2, size: printSize }),
    rect(6, 23, 4, foot - 34, 2, veil('#ffffff', 0.45)),
  )
}

/** Shower-gel or soap bottle with a pump. */
export function pumpBottle(
  colour: string,
  { cap = '#ffffff', label = '#ffffff', print, printSize = 26 }: Look = {},
): Art {
  return art(
    54,
    112,
    shape('M13 3 Q13 0 17 0 H32 Q36 0 36 4 V8 H22 Q13 8 13 3Z', column(cap)),
    shape('M15 6 Q6 5 5 11 L9 12 Q10 9 16 9Z', down(light(cap, 0.2), dark(cap, 0.18))),
    rect(25, 7, 6, 9, 1, column(dark(cap, 0.08))),
    rect(19, 15, 18, 8, 2.4, column(cap)),
    shape(
      'M14 24 Q3 27 3 38 V100 Q3 111 13 111 H42 Q52 111 52 100 V38 Q52 27 41 24 Q28 21 14 24Z',
      column(colour),
    ),
    shape(
      'M10 44 H45 Q47 44 47 47 V91 Q47 94 44 94 H11 Q8 94 8 91 V46 Q8 44 10 44Z',
      column(label),
      'opacity=".94"',
    ),
    rect(16, 50, 24, 4.4, 2.2, dark(colour, 0.12)),
    rect(20, 57.4, 16, 2.6, 1.3, veil(dark(colour, 0.2), 0.5)),
    print === undefined ? '' : at(print, { x: 28, y: 76 + printSize * 0.5, size: printSize }),
    shine('M7 36 Q6 62 7 100 L11 103 Q10 62 11.4 33Z', 0.42),
  )
}

/** Laundry detergent with a handle and a measuring cap. */
export function detergent(
  colour: string,
  { cap = '#f29a2e', label = '#ffffff', print, printSize = 32 }: Look = {},
): Art {
  return art(
    76,
    106,
    rect(16, 0, 26, 17, 4, column(cap)),
    rect(20, 15, 18, 8, 2, column(dark(colour, 0.06))),
    shape(
      'M20 21 Q8 26 5 40 Q2 54 3 92 Q3 105 15 105 H60 Q73 105 73 92 Q74 56 70 42 Q66 24 46 21Z',
      column(colour),
    ),
    shape('M50 33 Q62 35 62 52 Q62 62 55.6 62 Q50 62 50 54 Q50 46 46 42 Q43 33 50 33Z', dark(colour, 0.46)),
    shape('M50 33 Q62 35 62 52 Q62 58 60 60 Q60 40 48 37 Q47 33 50 33Z', veil('#ffffff', 0.16)),
    shape(
      'M8 58 Q8 50 18 50 H38 Q46 50 47 60 Q49 68 58 70 Q64 71 64 76 V90 Q64 96 58 96 H16 Q8 96 8 88Z',
      column(label),
    ),
    print === undefined ? '' : at(print, { x: 30, y: 73 + printSize * 0.5, size: printSize }),
    shine('M11 36 Q7 56 8 92 L13 96 Q12 58 16 34Z', 0.4),
  )
}

/** Flip-top squeeze bottle: dish soap, shampoo, bleach. `bend` gives the neck of a toilet cleaner. */
export function squeezeBottle(
  colour: string,
  { cap = '#ffffff', label = '#ffffff', print, printSize = 26, bend = false }: Look & { bend?: boolean } = {},
): Art {
  const neck = bend
    ? shape('M8 12 Q6 4 14 2 Q20 0 22 6 L31 24 L22 30 Q12 24 8 12Z', column(cap)) +
      shape('M5 6 Q6 1 12 0 L16 5 L9 10Z', dark(cap, 0.1))
    : rect(18, 0, 18, 18, 4, column(cap)) + line('M18.6 9 H35.4', veil(dark(cap, 0.5), 0.35), 1)
  return art(
    54,
    108,
    neck,
    shape(
      `M${bend ? 16 : 17} ${bend ? 24 : 17} Q4 28 3 46 V97 Q3 107 13 107 H41 Q51 107 51 97 V46 Q50 28 ${bend ? 34 : 37} ${bend ? 22 : 17}Z`,
      column(colour),
    ),
    shape('M7 54 Q27 47 47 54 V92 Q27 99 7 92Z', column(label)),
    rect(16, 56.6, 22, 4.4, 2.2, dark(colour, 0.16)),
    print === undefined ? '' : at(print, { x: 27, y: 77 + printSize * 0.5, size: printSize }),
    shine('M9 42 Q6.4 60 7.4 96 L11.4 100 Q10.6 60 14 38Z', 0.42),
  )
}
