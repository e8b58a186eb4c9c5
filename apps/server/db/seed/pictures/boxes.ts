// Hard packaging: boxes, cases, cartons, cans and tubes. No names, no logos: colour, a band and a print.
import { art, at, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, face, light, slant, veil } from './colour.ts'

type Look = { readonly print?: Art; readonly accent?: string; readonly printSize?: number }

/** Upright box seen a little from the right and above. */
export function box(
  colour: string,
  {
    print,
    accent = '#fff6e6',
    printSize = 0.56,
    width = 58,
    height = 74,
    depth = 16,
  }: Look & { width?: number; height?: number; depth?: number } = {},
): Art {
  const rise = depth * 0.55
  const size = Math.min(width, height) * printSize
  const cy = rise + height * 0.56
  return art(
    width + depth,
    height + rise,
    shape(
      `M0 ${rise} L${depth} 0 H${width + depth} L${width} ${rise}Z`,
      across(light(colour, 0.5), light(colour, 0.3)),
    ),
    shape(
      `M${width} ${rise} L${width + depth} 0 V${height} L${width} ${height + rise}Z`,
      across(dark(colour, 0.18), dark(colour, 0.36)),
    ),
    rect(0, rise, width, height, 1.6, face(colour)),
    shape(
      `M0 ${rise + height * 0.72} Q${width / 2} ${rise + height * 0.62} ${width} ${rise + height * 0.72} V${rise + height} H0Z`,
      down(light(accent, 0.3), dark(accent, 0.06)),
    ),
    shape(
      `M${width} ${rise + height * 0.72} L${width + depth} ${height * 0.72} V${height} L${width} ${height + rise}Z`,
      across(dark(accent, 0.16), dark(accent, 0.32)),
    ),
    rect(
      width * 0.2,
      rise + height * 0.09,
      width * 0.6,
      height * 0.065,
      height * 0.03,
      veil('#ffffff', 0.94),
    ),
    rect(
      width * 0.3,
      rise + height * 0.185,
      width * 0.4,
      height * 0.035,
      height * 0.017,
      veil('#ffffff', 0.7),
    ),
    print === undefined ? '' : at(print, { x: width / 2, y: cy + size / 2 + 3, size }),
    line(`M1 ${rise + 1} H${width - 1}`, veil('#ffffff', 0.6), 1.2),
    line(`M${width} ${rise + 1.5} V${rise + height - 2}`, veil('#ffffff', 0.26), 1),
  )
}

/** A gift or drinks case: wide box with a cord handle. */
export function caseBox(colour: string, look: Look & { width?: number; height?: number } = {}): Art {
  const inner = box(colour, { width: 78, height: 54, depth: 20, ...look })
  return art(
    inner.width,
    inner.height + 11,
    line(`M38 20 Q38 2 49 2 Q60 2 60 16`, dark(colour, 0.35), 2.6),
    group('translate(0 11)', inner.svg),
  )
}

/** Gable-top milk carton. */
export function gableCarton(colour: string, { print, accent = '#ffffff', printSize = 32 }: Look = {}): Art {
  return art(
    62,
    104,
    rect(6, 0, 50, 7, 1.5, down(light(colour, 0.3), dark(colour, 0.2))),
    shape('M6 6 H40 L46 28 H0Z', down(light(accent, 0.2), dark(accent, 0.1))),
    shape('M40 6 H56 L62 28 H46Z', across(dark(accent, 0.12), dark(accent, 0.26))),
    rect(0, 28, 46, 76, 1.5, face(accent)),
    shape('M46 28 H62 V100 Q62 102 60 102.4 L46 104Z', across(dark(accent, 0.12), dark(accent, 0.26))),
    shape('M0 66 Q12 58 24 65 T46 62 V104 H0Z', down(light(colour, 0.16), dark(colour, 0.06))),
    shape('M46 62 L62 58 V100 Q62 102 60 102.4 L46 104Z', across(dark(colour, 0.14), dark(colour, 0.3))),
    oval(24, 17, 7, 5.4, down(light(colour, 0.4), dark(colour, 0.15))) +
      oval(24, 15.6, 6, 4, down(light(colour, 0.5), colour)),
    rect(9, 34, 28, 5, 2.5, colour),
    print === undefined ? '' : at(print, { x: 23, y: 68 + printSize * 0.36, size: printSize }),
    rect(3, 30, 4, 70, 2, veil('#ffffff', 0.5)),
  )
}

/** Small drink brick with a straw. */
export function brick(colour: string, { print, accent = '#ffffff', printSize = 26 }: Look = {}): Art {
  return art(
    52,
    84,
    line('M30 16 V3 L40 1', '#f4f1f8', 3),
    shape('M2 18 L11 12 H52 L42 18Z', across(light(accent, 0.4), dark(accent, 0.06))),
    shape('M42 18 L52 12 V76 L42 84Z', across(dark(colour, 0.16), dark(colour, 0.36))),
    rect(0, 18, 42, 66, 1.6, face(colour)),
    shape('M0 18 H42 V36 Q21 44 0 36Z', down(light(accent, 0.3), dark(accent, 0.06))),
    rect(8, 23, 26, 4.4, 2.2, colour),
    print === undefined ? '' : at(print, { x: 21, y: 60 + printSize * 0.42, size: printSize }),
    rect(2.6, 21, 3.4, 59, 1.7, veil('#ffffff', 0.42)),
  )
}

/** Drinks can. */
export function can(colour: string, { print, accent = '#ffffff', printSize = 30 }: Look = {}): Art {
  return art(
    48,
    90,
    shape('M6 8 Q2 12 2 16 V78 Q2 84 6 87 Q24 91 42 87 Q46 84 46 78 V16 Q46 12 42 8Z', column(colour)),
    shape('M2 56 Q24 64 46 56 V78 Q46 80 45 82 Q24 88 3 82 Q2 80 2 78Z', column(accent), 'opacity=".92"'),
    shape('M3 80 Q24 88 45 80 L42 87 Q24 91 6 87Z', column('#c9cad6')),
    oval(24, 8, 18, 4.6, across('#9c9dae', '#f2f2f8', '#a9aabb')),
    oval(24, 7.4, 15, 3.3, across('#d9dae4', '#b5b6c6')),
    oval(27, 7.2, 5, 1.3, '#8f90a4'),
    rect(11, 18, 26, 4.4, 2.2, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 24, y: 44 + printSize * 0.5, size: printSize }),
    rect(7.6, 14, 3.6, 68, 1.8, veil('#ffffff', 0.4)),
  )
}

/** Wide tin with a paper label: congee, tea, milk powder. */
export function tin(
  colour: string,
  {
    print,
    accent = '#fff3dc',
    printSize = 40,
    lid = '#d9d9e4',
    height = 86,
  }: Look & { lid?: string; height?: number } = {},
): Art {
  const foot = height - 5
  return art(
    66,
    height,
    shape(
      `M2 9 V${foot - 3} Q2 ${height - 1} 33 ${height - 1} Q64 ${height - 1} 64 ${foot - 3} V9Z`,
      column(lid),
    ),
    shape(`M2 15 Q33 22 64 15 V${foot - 8} Q33 ${foot} 2 ${foot - 8}Z`, column(colour)),
    shape(
      `M2 ${height * 0.62} Q33 ${height * 0.7} 64 ${height * 0.62} V${foot - 8} Q33 ${foot} 2 ${foot - 8}Z`,
      column(accent),
    ),
    oval(33, 9, 31, 7.4, across(dark(lid, 0.16), light(lid, 0.6), dark(lid, 0.2))),
    oval(33, 8.6, 26.5, 5.6, across(light(lid, 0.3), dark(lid, 0.1))),
    rect(17, 24.5, 32, 5, 2.5, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 33, y: height * 0.58 + printSize * 0.5, size: printSize }),
    rect(9, 21, 4.6, height - 36, 2.3, veil('#ffffff', 0.36)),
  )
}

/** Tall tube with a plastic lid, for crisps. */
export function canister(
  colour: string,
  { print, accent = '#ffe9a8', lid = '#fdf6e6', printSize = 34 }: Look & { lid?: string } = {},
): Art {
  return art(
    46,
    112,
    shape('M3 12 V104 Q3 111 23 111 Q43 111 43 104 V12Z', column(colour)),
    shape('M3 66 Q23 74 43 66 V98 Q23 106 3 98Z', column(accent)),
    shape('M3 101 Q23 109 43 101 V105 Q43 111 23 111 Q3 111 3 105Z', column('#cfd0da')),
    shape('M1.4 8 V16 Q1.4 21 23 21 Q44.6 21 44.6 16 V8Z', column(lid)),
    oval(23, 8, 21.6, 6, across(dark(lid, 0.06), light(lid, 0.8), dark(lid, 0.1))),
    rect(11, 30, 24, 4.6, 2.3, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 23, y: 60 + printSize * 0.5, size: printSize }),
    rect(8, 23, 4, 76, 2, veil('#ffffff', 0.38)),
  )
}

/** Instant noodle bucket with a foil lid. */
export function bucket(colour: string, { print, accent = '#fff4d6', printSize = 36 }: Look = {}): Art {
  return art(
    88,
    78,
    shape('M4 12 L14 70 Q15 77 44 77 Q73 77 74 70 L84 12Z', column(colour)),
    shape('M7.4 32 Q44 43 80.6 32 L75.6 61 Q44 70 12.4 61Z', column(accent)),
    oval(44, 12, 42, 10, across(dark('#fbfbff', 0.18), '#ffffff', dark('#fbfbff', 0.2))),
    oval(44, 11, 38.5, 8.2, slant('#fdfdff', light(colour, 0.55))),
    shape('M80 9 Q90 4 87 14 Q84 18 79 15Z', down('#ffffff', light(colour, 0.4))),
    print === undefined ? '' : at(print, { x: 44, y: 48 + printSize * 0.5, size: printSize }),
    shape('M12 18 L20 68 L26 70 L18 20Z', veil('#ffffff', 0.34)),
  )
}

/** Squeezed tube standing on its cap: hand cream, toothpaste. */
export function tube(colour: string, { print, accent = '#ffffff', printSize = 24 }: Look = {}): Art {
  return art(
    40,
    96,
    rect(1, 0, 38, 7, 1.4, down(light(colour, 0.25), dark(colour, 0.2))),
    line(
      'M4 2 v3.4 M8 2 v3.4 M12 2 v3.4 M16 2 v3.4 M20 2 v3.4 M24 2 v3.4 M28 2 v3.4 M32 2 v3.4 M36 2 v3.4',
      veil(dark(colour, 0.5), 0.35),
      0.8,
    ),
    shape('M1.4 6.6 H38.6 Q36 50 33 76 Q20 80 7 76 Q4 50 1.4 6.6Z', column(colour)),
    shape('M3.6 46 Q20 52 36.4 46 Q35 62 33 76 Q20 80 7 76 Q5 62 3.6 46Z', column(accent)),
    rect(6.5, 75, 27, 20, 3.6, column(light(accent, 0.3))),
    line('M6.5 80 H33.5', veil('#6a5a80', 0.25), 1),
    rect(10, 14, 20, 4, 2, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 20, y: 36 + printSize * 0.5, size: printSize }),
    shape('M7 9 Q9 44 12 72 L15 72 Q12 44 11 9Z', veil('#ffffff', 0.42)),
  )
}
