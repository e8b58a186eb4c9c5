import { art, at, emoji, group, line, oval, rect, scatter, shape, type Art } from './art.ts'
import { across, column, dark, down, light, orb, radial, veil } from './colour.ts'

type Grain = (x: number, y: number, roll: () => number) => string

/** Round grains: millet, mung beans, soybeans. */
export const roundGrain =
  (colour: string, size: number): Grain =>
  (x, y, roll) => {
    const tone = roll() > 0.5 ? colour : light(colour, 0.16)
    return (
      oval(x, y, size, size * 0.86, dark(tone, 0.26)) +
      oval(x - size * 0.12, y - size * 0.14, size * 0.82, size * 0.7, tone) +
      oval(x - size * 0.3, y - size * 0.3, size * 0.28, size * 0.2, light(tone, 0.6))
    )
  }

/** Long grains at every angle: dates, seeds, goji, peanuts. */
export const longGrain =
  (colour: string, length: number, width: number, mark = ''): Grain =>
  (x, y, roll) => {
    const tone = roll() > 0.5 ? colour : light(colour, 0.12)
    return group(
      `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${Math.round(roll() * 180)})`,
      oval(0, 0, length, width, dark(tone, 0.3)),
      oval(-0.2, -0.3, length * 0.88, width * 0.8, tone),
      oval(-length * 0.3, -width * 0.4, length * 0.3, width * 0.2, light(tone, 0.55)),
      mark,
    )
  }

/** A wooden bowl with grains. */
export const bowlOf = (grain: Grain, ground: string, count = 90): Art =>
  art(
    96,
    58,
    oval(48, 20, 46, 15, '#8a5a34'),
    oval(48, 19, 42, 13, dark(ground, 0.12)),
    scatter(9, count, { x: 0, y: 0, width: 1, height: 1 }, (x, y, roll) =>
      grain(48 + Math.cos(x * 6.283) * Math.sqrt(y) * 38, 16 + Math.sin(x * 6.283) * Math.sqrt(y) * 10, roll),
    ),
    shape('M2 22 Q4 58 48 58 Q92 58 94 22 Q84 35 48 35 Q12 35 2 22Z', column('#c98d54')),
    line('M8 32 Q30 42 48 42 Q70 42 88 32', veil('#7a4a26', 0.3), 1.4),
  )

/** A paper-banded bundle of dried noodles. */
export const noodleBundle: Art = ((): Art => {
  const strands = Array.from({ length: 26 }, (_, i) => {
    const x = 6 + i * 2
    return rect(
      x,
      (i * 7) % 5,
      2.1,
      104 - ((i * 7) % 5) - ((i * 5) % 4),
      0.8,
      i % 3 === 0 ? '#fff3d2' : i % 3 === 1 ? '#f6e2b2' : '#e6cc92',
    )
  })
  return art(
    64,
    106,
    strands.join(''),
    rect(4, 28, 56, 56, 3, column('#d9432f')),
    rect(4, 33, 56, 3, 0, '#ffd98c') + rect(4, 76, 56, 3, 0, '#ffd98c'),
    oval(32, 56, 18, 17, down('#fffaf0', '#ffe9c4')),
    at(emoji('1f35c'), { x: 32, y: 70, size: 28 }),
    rect(8, 30, 4, 52, 2, veil('#ffffff', 0.36)),
  )
})()

/** Eight-pointed star anise. */
export const starAnise: Art = art(
  60,
  56,
  Array.from({ length: 8 }, (_, i) =>
    group(
      `translate(30 28) rotate(${i * 45})`,
      shape('M0 -3 Q-6.4 -12 0 -27 Q6.4 -12 0 -3Z', across('#6b341b', '#b56a38', '#7d4021')) +
        oval(0, -13, 1.9, 3.4, '#f1bd78'),
    ),
  ).join(''),
  oval(30, 28, 4.4, 4.2, orb('#8a4a26')),
)

/** Drops of oil or sauce as a label mark. */
export const drop = (colour: string): Art =>
  art(
    40,
    50,
    shape(
      'M20 2 Q38 24 37 34 Q36 48 20 48 Q4 48 3 34 Q2 24 20 2Z',
      radial(0.36, 0.4, 0.7, light(colour, 0.6), colour, dark(colour, 0.2)),
    ),
    shape('M10 32 Q10 24 16 16 Q14 28 15 38 Q11 38 10 32Z', veil('#ffffff', 0.6)),
  )

/** Sesame sprinkled as a label mark. */
export const sesameMark = (colour: string): Art =>
  art(
    40,
    40,
    [
      [12, 12, -20],
      [26, 9, 30],
      [20, 22, 0],
      [9, 27, 40],
      [31, 25, -30],
      [20, 34, 14],
    ]
      .map(([x = 0, y = 0, turn = 0]) =>
        group(
          `translate(${x} ${y}) rotate(${turn})`,
          shape(
            'M0 -6 Q4.4 -1 3.4 3 Q0 6.4 -3.4 3 Q-4.4 -1 0 -6Z',
            radial(0.4, 0.3, 0.8, light(colour, 0.5), colour),
          ),
        ),
      )
      .join(''),
  )

/** A dip dish with sauce in it. */
export const sauceDish = (sauce: string): Art =>
  art(
    80,
    34,
    shape('M2 12 Q8 33 40 33 Q72 33 78 12Z', column('#ffffff')),
    oval(40, 12, 38, 10, across('#dfe1ec', '#ffffff', '#d9dbe8')),
    oval(40, 13, 33, 7.6, radial(0.4, 0.3, 0.8, light(sauce, 0.35), sauce, dark(sauce, 0.2))),
    oval(30, 11, 9, 1.8, veil('#ffffff', 0.5)),
  )

/** Sugar cubes or salt in a small heap. */
export const sugarCubes: Art = art(
  84,
  60,
  [
    [6, 30],
    [44, 30],
    [25, 4],
  ]
    .map(([x = 0, y = 0]) =>
      group(
        `translate(${x} ${y})`,
        shape('M0 8 L10 0 H34 L26 8Z', '#ffffff') +
          shape('M26 8 L34 0 V20 L26 30Z', '#d5d3e2') +
          rect(0, 8, 26, 22, 2, down('#ffffff', '#ecebf4')) +
          oval(8, 16, 1, 1, '#d0cede') +
          oval(17, 22, 1, 1, '#d0cede') +
          oval(14, 13, 0.8, 0.8, '#d0cede'),
      ),
    )
    .join(''),
)
