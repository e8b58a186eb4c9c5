import { art, at, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, slant, veil } from './colour.ts'

/** Long box of cling film, its end flap torn open along the saw edge. */
export const clingFilmBox: Art = art(
  124,
  56,
  shape('M2 14 L14 2 H122 L110 14Z', across('#c5e7fa', '#8fcaee')),
  shape('M110 14 L122 2 V38 L110 54Z', '#2566a8'),
  rect(2, 14, 108, 40, 2, down('#6ab6ee', '#3a88d0')),
  rect(2, 40, 108, 14, 2, '#f4fbff'),
  line('M4 40 H108', '#b9c0d0', 2, 'stroke-dasharray="2.4 2"'),
  rect(16, 20, 46, 5.4, 2.7, veil('#ffffff', 0.95)) + rect(16, 29, 28, 3.2, 1.6, veil('#ffffff', 0.7)),
  shape('M76 19 h22 q-1 16 -11 16 q-10 0 -11 -16Z', veil('#ffffff', 0.55)),
  line('M76 19 h22', '#ffffff', 1.6),
)
/** The roll itself, clear, on its paper core. */
export const clingFilmRoll: Art = art(
  96,
  26,
  shape(
    'M6 1 H90 Q96 13 90 25 H6 Q0 13 6 1Z',
    down(veil('#d8ecf7', 0.95), '#ffffff@0.35', veil('#dcedf6', 0.95), veil('#a3c6dd', 0.98)),
  ),
  oval(6, 13, 5, 12, '#cfe4f0') + oval(6, 13, 3.2, 7.4, '#d3a66c') + oval(6, 13, 2, 5, '#7a5230'),
  oval(90, 13, 4, 12, down('#f2f9fd', '#b5d0e2')),
  line('M14 6 H84', veil('#ffffff', 0.95), 2) + line('M18 20 H80', veil('#8fb6d0', 0.5), 1.2),
)

/** Clear food box with a clip lid. */
export const foodBox = (lid: string, inside = ''): Art =>
  art(
    96,
    62,
    shape(
      'M8 18 L14 56 Q15 61 20 61 H76 Q81 61 82 56 L88 18Z',
      across(veil('#bfdcea', 0.85), veil('#ffffff', 0.6), veil('#a8cbdc', 0.9)),
    ),
    inside,
    shape('M12 24 L17 54 L24 56 L20 24Z', veil('#ffffff', 0.6)),
    rect(2, 6, 92, 14, 6, down(light(lid, 0.4), dark(lid, 0.06))),
    rect(8, 2, 80, 8, 4, down(light(lid, 0.6), light(lid, 0.16))),
    rect(0, 14, 9, 14, 3, column(lid)) + rect(87, 14, 9, 14, 3, column(lid)),
  )

/** Stainless wok with a wooden handle. */
export const wok: Art = art(
  128,
  62,
  shape('M96 22 L122 9 Q128 7 128 13 Q128 17 124 19 L100 31Z', down('#a8693a', '#6a3c1e')),
  shape('M92 24 L104 18 L107 27 L96 33Z', column('#b9bcc8')),
  shape(
    'M4 22 Q10 60 54 61 Q98 60 104 22Z',
    across('#7d8294', '#f4f6fb@0.24', '#b4b9c8@0.5', '#8a8fa2@0.74', '#5c6074'),
  ),
  oval(54, 22, 50, 15, across('#8f94a6', '#eef0f6', '#9a9fb0')),
  oval(54, 23, 45.5, 12.4, radial(0.42, 0.62, 0.75, '#e6e9f1', '#a9aebd@0.5', '#5f6477')),
  shape('M18 25 Q30 33 54 34 Q40 27 34 17 Q24 19 18 25Z', veil('#ffffff', 0.4)),
  shape('M4 18 Q-4 14 2 22 Q4 26 8 25Z', '#6a6f82'),
  line('M12 34 Q20 52 44 57', veil('#ffffff', 0.6), 2.4),
)

/** Vacuum flask. */
export const thermos = (colour: string): Art =>
  art(
    42,
    112,
    shape('M8 6 Q8 0 14 0 H28 Q34 0 34 6 V24 H8Z', column('#3a3742')),
    line('M8.6 18 H33.4', veil('#ffffff', 0.25), 1),
    rect(6, 23, 30, 6, 1.5, column('#c9ccd8')),
    shape('M4 34 Q4 28 10 28 H32 Q38 28 38 34 V104 Q38 111 30 111 H12 Q4 111 4 104Z', column(colour)),
    shape('M4 98 H38 V104 Q38 111 30 111 H12 Q4 111 4 104Z', column('#c9ccd8')),
    oval(21, 62, 8, 8, veil('#ffffff', 0.3)) + at(leaf(), { x: 21, y: 68, size: 12 }),
    rect(8.4, 32, 3.4, 62, 1.7, veil('#ffffff', 0.5)),
  )
function leaf(): Art {
  return art(
    20,
    20,
    shape('M2 18 Q1 5 18 2 Q19 17 6 17Z', '#ffffff'),
    line('M3 19 Q8 11 14 7', veil('#3f6f4a', 0.6), 1.2),
  )
}

/** White LED bulb. */
export const ledBulb: Art = art(
  64,
  96,
  oval(32, 32, 31, 31, radial(0.38, 0.32, 0.8, '#ffffff', '#fffbe8@0.45', '#f6dd9a')),
  shape(
    'M8 50 Q14 66 18 72 H46 Q50 66 56 50 Q46 60 32 60 Q18 60 8 50Z',
    across('#d5d6e0', '#ffffff@0.35', '#b9bac8'),
  ),
  rect(19, 71, 26, 17, 3, column('#b4b6c4')),
  line('M19 76 L45 73.6 M19 81 L45 78.6 M19 86 L45 83.6', veil('#6c6e80', 0.6), 1.5),
  shape('M25 88 H39 L36 95 H28Z', '#55566a'),
  oval(22, 22, 8, 11, veil('#ffffff', 0.8), 'transform="rotate(24 22 22)"'),
)

/** AA cells. */
export const battery = (body: string, top: string): Art =>
  art(
    26,
    76,
    rect(9, 0, 8, 6, 1.6, column('#c9ccd8')),
    rect(2, 5, 22, 70, 3, column(body)),
    rect(2, 5, 22, 20, 3, column(top)),
    rect(2, 70, 22, 5, 2, column('#c9ccd8')),
    shape('M14 34 L8 48 H12.4 L10.6 60 L18 44 H13.4Z', '#ffffff'),
    rect(5.4, 9, 2.8, 62, 1.4, veil('#ffffff', 0.4)),
  )

const socket = (x: number): string =>
  group(
    `translate(${x} 0) skewX(-24)`,
    rect(0, 0, 22, 17, 3, down('#f6f7fb', '#dfe2ec')),
    rect(9.8, 2.4, 2.4, 4, 1, '#4a4c5c'),
    line('M6 9 L4.4 13 M16 9 L17.6 13', '#4a4c5c', 1.9),
  )
/** Extension lead with three outlets. */
export const powerStrip: Art = art(
  126,
  55,
  line('M18 34 Q2 30 4 44 Q8 54 28 51 Q42 49 50 52', '#3a3c4a', 4),
  line('M18 34 Q2 30 4 44 Q8 54 28 51 Q42 49 50 52', veil('#ffffff', 0.25), 1.2),
  shape(
    'M30 10 H122 Q126 10 124 14 L112 38 Q111 40 108 40 H16 Q12 40 14 36 L26 12 Q27 10 30 10Z',
    slant('#ffffff', '#e2e5ee'),
  ),
  shape(
    'M13 38 Q14 40 17 40 H108 Q111 40 112 38 L124 14 V22 L112.6 46 Q111.6 48 108 48 H17 Q13 48 13 44Z',
    down('#cfd3e0', '#a4a9bc'),
  ),
  group('translate(38 16)', socket(6), socket(32), socket(58)),
  oval(112, 18, 4, 2.6, orb('#e8402c')),
)

/** Folded towels in a stack. */
export const towels = (colours: readonly string[]): Art =>
  art(
    104,
    7 + colours.length * 18,
    colours
      .map((colour, i) => {
        const y = 4 + (colours.length - 1 - i) * 18
        return (
          shape(
            `M10 ${y + 4} Q10 ${y} 16 ${y} H94 Q101 ${y} 101 ${y + 10} Q101 ${y + 21} 94 ${y + 21} H14 Q3 ${y + 21} 3 ${y + 12} Q3 ${y + 5} 10 ${y + 4}Z`,
            down(light(colour, 0.36), `${colour}@0.55`, dark(colour, 0.2)),
          ) +
          line(`M12 ${y + 11} H99`, veil(dark(colour, 0.4), 0.3), 1.2) +
          line(
            `M16 ${y + 4} H92 M10 ${y + 16} H96`,
            veil('#ffffff', 0.4),
            1.1,
            'stroke-dasharray="1.6 1.8"',
          ) +
          rect(78, y + 1, 5, 20, 0, veil('#ffffff', 0.5)) +
          rect(86, y + 1, 2.4, 20, 0, veil('#ffffff', 0.5))
        )
      })
      .join(''),
  )

/** Storage box on castors. */
export const storageBox: Art = art(
  104,
  80,
  shape(
    'M8 22 L14 72 Q15 77 20 77 H84 Q89 77 90 72 L96 22Z',
    across(veil('#bcd8f0', 0.95), veil('#f4faff', 0.9), veil('#9cc2e2', 0.95)),
  ),
  towelsInside(),
  shape('M14 26 L19 70 L27 72 L23 26Z', veil('#ffffff', 0.6)),
  line('M34 28 L36 74 M52 28 V74 M70 28 L68 74', veil('#7faed4', 0.3), 1.4),
  rect(2, 8, 100, 15, 6, down('#8fc0ea', '#4a90d0')),
  rect(10, 3, 84, 9, 4, down('#b4d8f4', '#6aa8e0')),
  rect(40, 40, 24, 9, 4.5, veil('#4a90d0', 0.7)) + rect(43, 42.6, 18, 3.6, 1.8, veil('#ffffff', 0.6)),
  rect(0, 18, 9, 16, 3, column('#f0b030')) + rect(95, 18, 9, 16, 3, column('#f0b030')),
  oval(24, 77, 5, 3, '#3a3c4a') + oval(80, 77, 5, 3, '#3a3c4a'),
)
function towelsInside(): string {
  return [
    ['#f2a0a8', 60],
    ['#f6d58a', 48],
    ['#a8d8b4', 36],
  ]
    .map(([colour, y]) =>
      rect(20, Number(y), 64, 12, 5, down(light(String(colour), 0.2), String(colour)), 'opacity=".75"'),
    )
    .join('')
}

/** A gel pen. */
export const pen = (colour: string): Art =>
  art(
    16,
    110,
    rect(4, 0, 8, 6, 2, column(dark(colour, 0.2))),
    rect(2.6, 5, 10.8, 30, 3, column(colour)),
    rect(11.6, 8, 3, 22, 1.5, column('#d5d8e2')),
    rect(3, 35, 10, 46, 1, across(veil('#cfe0ee', 0.9), '#ffffff', veil('#b4c8da', 0.95))),
    rect(6.4, 36, 3.2, 44, 1.6, colour),
    rect(2.4, 78, 11.2, 18, 2.4, column(dark(colour, 0.1))),
    line('M3 82 H13 M3 86 H13 M3 90 H13', veil('#ffffff', 0.35), 1.1),
    shape('M3.4 96 H12.6 L9.4 107 H6.6Z', column('#c9ccd8')) + oval(8, 108.4, 1.3, 1.5, '#3a3c4a'),
  )

/** School exercise book. */
export const exerciseBook = (colour: string): Art =>
  art(
    70,
    90,
    rect(5, 3, 64, 87, 3, '#e6e4ee') + line('M67 8 V86 M65 8 V86', '#c4c2d2', 0.8),
    rect(0, 0, 64, 87, 3, slant(light(colour, 0.3), `${colour}@0.55`, dark(colour, 0.12))),
    rect(0, 0, 7, 87, 3, veil(dark(colour, 0.5), 0.25)),
    rect(16, 22, 38, 27, 3, '#fffdf6') + line('M21 31 H49 M21 37.6 H49 M21 44 H40', '#b9b4c6', 1.5),
    rect(22, 11, 26, 4.4, 2.2, veil('#ffffff', 0.92)),
    oval(35, 66, 9, 9, veil('#ffffff', 0.4)),
  )
