import { art, at, dice, group, line, oval, rect, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, slant, veil } from './colour.ts'

/** A cut block of bean curd or anything else that is a slab. */
export const slab = (top: string, front: string, side: string): Art =>
  art(
    92,
    62,
    shape(
      'M4 20 Q4 18 7 17 L26 4 Q28 3 31 3 H86 Q90 3 89 6 L72 19 Q70 20.6 66 20.6 H7 Q4 21 4 20Z',
      slant(light(top, 0.6), top),
    ),
    shape('M70 20 L89 5 V42 L72 59Z', across(side, dark(side, 0.12))),
    shape(
      'M4 19 Q4 22 8 22 H66 Q70 22 71 19 V57 Q71 61 66 61 H9 Q4 61 4 57Z',
      down(light(front, 0.4), front),
    ),
    line('M6 20.4 H66 Q70 20 74 16', veil('#ffffff', 0.8), 1.6),
    [
      [16, 34],
      [30, 48],
      [44, 32],
      [58, 50],
      [22, 54],
      [52, 40],
      [36, 40],
    ]
      .map(([x, y]) => oval(x ?? 0, y ?? 0, 1.2, 0.8, veil(dark(front, 0.4), 0.28)))
      .join(''),
  )

/** Thin strips in a loose heap: dried bean curd, pickles, noodles. */
export const strips = (colour: string, seed: number, count = 44, width = 3): Art => {
  const roll = dice(seed)
  const heap = Array.from({ length: count }, (_, index) => {
    const y = 12 + (index / count) * 40
    const x = 50 + (roll() - 0.5) * (34 + index * 0.7)
    const bend = (roll() - 0.5) * 30
    const reach = 18 + roll() * 16
    const tone = roll() > 0.5 ? light(colour, 0.18) : dark(colour, 0.07)
    const d = `M${(x - reach).toFixed(1)} ${(y + (roll() - 0.5) * 8).toFixed(1)} Q${x.toFixed(1)} ${(y - 9 + bend * 0.4).toFixed(1)} ${(x + reach).toFixed(1)} ${(y + (roll() - 0.5) * 10).toFixed(1)}`
    return line(d, dark(colour, 0.26), width + 0.9) + line(d, tone, width)
  })
  return art(110, 62, heap.join(''))
}

/** Steamed bun: plump, white, slightly creased. */
export const mantou: Art = art(
  86,
  70,
  shape(
    'M6 52 Q2 10 43 5 Q84 10 80 52 Q80 68 43 68 Q6 68 6 52Z',
    radial(0.38, 0.22, 0.9, '#ffffff', '#fbf4ea@0.5', '#d9c5bb'),
  ),
  shape('M14 38 Q18 16 38 12 Q26 20 22 40Z', veil('#ffffff', 0.85)),
  line('M30 62 Q43 66 58 61', veil('#c3a596', 0.45), 1.8),
  line('M62 20 Q72 30 72 44', veil('#cfb6a8', 0.4), 1.6),
)

/** Pull-apart bun: a flower of round rolls, brown on top. */
export const pullBread: Art = ((): Art => {
  const roll = (x: number, y: number, r: number): string =>
    oval(x, y, r, r * 0.86, radial(0.38, 0.26, 0.85, '#ffd98e', '#e59a43@0.5', '#a85a22')) +
    oval(
      x - r * 0.3,
      y - r * 0.36,
      r * 0.36,
      r * 0.2,
      veil('#fff3cf', 0.7),
      `transform="rotate(-18 ${x} ${y})"`,
    )
  return art(
    110,
    78,
    shape('M6 52 Q6 74 55 76 Q104 74 104 52Z', down('#f0c27a', '#bd7a34')),
    roll(26, 28, 20) +
      roll(55, 22, 21) +
      roll(84, 28, 20) +
      roll(22, 52, 19) +
      roll(88, 52, 19) +
      roll(40, 52, 21) +
      roll(70, 52, 21),
    Array.from({ length: 26 }, (_, i) =>
      group(
        `translate(${18 + ((i * 23) % 74)} ${16 + ((i * 13) % 44)}) rotate(${i * 40})`,
        oval(0, 0, 1.5, 0.8, '#fff1cf'),
      ),
    ).join(''),
  )
})()

const eggYolkPastry = (x: number, y: number): string =>
  oval(x, y, 21, 18, radial(0.38, 0.24, 0.85, '#ffd774', '#e8953a@0.5', '#a4521c')) +
  oval(x - 7, y - 8, 6, 3, veil('#fff6d2', 0.75)) +
  [
    [-4, -14],
    [0, -15],
    [4, -13],
    [2, -11],
    [-2, -11],
    [6, -15],
    [-7, -12],
  ]
    .map(([dx = 0, dy = 0], i) =>
      group(`translate(${x + dx} ${y + dy}) rotate(${i * 50})`, oval(0, 0, 1.6, 0.9, '#2d2230')),
    )
    .join('')

/** Egg-yolk pastries, one cut: flaky crust, bean paste, red yolk. */
export const yolkPastries: Art = art(
  112,
  82,
  eggYolkPastry(30, 30) + eggYolkPastry(74, 28) + eggYolkPastry(34, 58),
  shape('M56 60 Q56 40 79 40 Q102 40 102 60 Q102 79 79 79 Q56 79 56 60Z', down('#f3b65c', '#b96a26')),
  oval(79, 60, 20, 16.6, '#f7e2b8'),
  oval(79, 60.6, 16.6, 13.6, orb('#7a3a34')),
  oval(79, 61, 9.6, 8.2, radial(0.4, 0.3, 0.8, '#ffc45c', '#f0801c@0.6', '#c85410')),
)

/** Old-style sponge cakes in paper, round and browned. */
export const spongeCake: Art = art(
  70,
  58,
  shape('M6 28 L12 54 Q13 57 18 57 H52 Q57 57 58 54 L64 28Z', column('#f7efe0')),
  Array.from({ length: 11 }, (_, i) =>
    line(`M${10 + i * 5} 30 L${14.5 + i * 4.1} 56`, veil('#b79a76', 0.42), 1),
  ).join(''),
  shape(
    'M3 28 Q4 4 35 3 Q66 4 67 28 Q60 35 35 35 Q10 35 3 28Z',
    radial(0.38, 0.2, 0.9, '#ffdc8c', '#e8a044@0.45', '#a85a20'),
  ),
  line('M24 16 Q34 10 46 17 M35 10 V24', veil('#fff0c2', 0.55), 2.2),
)

/** A stack of thin round flatbreads; `speck` marks the browned spots. */
export const flatbreads = (dough: string, speck: string, layers = 5): Art => {
  const one = (y: number): string =>
    oval(60, y + 4, 56, 21, dark(speck, 0.1)) +
    oval(60, y, 56, 21, radial(0.42, 0.3, 0.8, light(dough, 0.5), `${dough}@0.6`, dark(dough, 0.12)))
  const top = 26
  const roll = dice(31)
  const specks = Array.from({ length: 26 }, () => {
    const turn = roll() * Math.PI * 2
    const far = Math.sqrt(roll()) * 0.86
    return oval(
      60 + Math.cos(turn) * far * 54,
      top + Math.sin(turn) * far * 19,
      2 + roll() * 4,
      0.9 + roll() * 1.5,
      veil(speck, 0.5),
    )
  }).join('')
  return art(
    120,
    30 + layers * 7 + 14,
    Array.from({ length: layers }, (_, i) => one(top + (layers - 1 - i) * 7)).join(''),
    specks,
  )
}

/** Yoghurt cups joined in two rows. */
export const yoghurtCups = (colour: string, print: Art): Art => {
  const cup = (x: number, y: number): string =>
    shape(
      `M${x} ${y} L${x + 4} ${y + 32} Q${x + 5} ${y + 35} ${x + 8} ${y + 35} H${x + 19} Q${x + 22} ${y + 35} ${x + 23} ${y + 32} L${x + 27} ${y}Z`,
      column('#ffffff'),
    ) +
    shape(`M${x + 1} ${y + 9} H${x + 26} L${x + 24} ${y + 25} H${x + 3}Z`, column(colour)) +
    at(print, { x: x + 13.5, y: y + 25, size: 15 })
  return art(
    114,
    56,
    shape('M8 6 H106 L112 20 H2Z', across('#e3e6ef', '#ffffff@0.4', '#cfd4e2')),
    cup(2, 20) + cup(29.4, 20) + cup(56.8, 20) + cup(84.2, 20),
    shape('M0 18 H114 V23 Q57 26 0 23Z', down('#ffffff', '#cdd3e2')),
    [
      [20, 12],
      [45, 12],
      [70, 12],
      [95, 12],
    ]
      .map(([x, y]) => oval(x ?? 0, y ?? 0, 9.6, 3.2, down(light(colour, 0.3), colour)))
      .join(''),
  )
}

/** Cheese slices fanned in front of their pack. */
export const cheeseSlices: Art = art(
  90,
  48,
  [0, 1, 2]
    .map(
      (i) =>
        shape(
          `M${4 + i * 5} ${36 - i * 9} L${48 + i * 4} ${26 - i * 9} L${86 - i * 2} ${38 - i * 9} L${42 + i * 2} ${48 - i * 9}Z`,
          slant('#ffe27a', '#f7b92e'),
        ) +
        line(
          `M${4 + i * 5} ${36 - i * 9} L${42 + i * 2} ${48 - i * 9} L${86 - i * 2} ${38 - i * 9}`,
          '#dd9a1e',
          1.8,
        ),
    )
    .join(''),
  oval(44, 18, 3.4, 1.6, '#e5a322') + oval(58, 21, 2.6, 1.2, '#e5a322'),
)

/** Glass of soy milk with its soft film. */
export const glassOf = (drink: string): Art =>
  art(
    56,
    72,
    shape(
      'M2 4 L8 66 Q9 71 14 71 H42 Q47 71 48 66 L54 4Z',
      across(veil('#cfe6f4', 0.75), veil('#ffffff', 0.5), veil('#b9d6e8', 0.8)),
    ),
    shape('M4.6 20 L9.6 64 Q10 68 15 68 H41 Q46 68 46.4 64 L51.4 20Z', column(drink)),
    oval(28, 20, 23.4, 4.4, light(drink, 0.4)),
    rect(12, 26, 4, 36, 2, veil('#ffffff', 0.6), 'transform="rotate(-6 14 44)"'),
    line('M2.6 4 Q28 8 53.4 4', veil('#ffffff', 0.9), 2),
  )

export const soybeanHeap: Art = art(
  70,
  30,
  [
    [12, 24],
    [26, 25],
    [40, 25],
    [54, 24],
    [64, 26],
    [20, 16],
    [34, 16],
    [48, 16],
    [28, 8],
    [42, 8],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 7.4, 6, radial(0.36, 0.28, 0.8, '#fff0bc', '#ecc96c@0.5', '#b88a34')))
    .join(''),
)
