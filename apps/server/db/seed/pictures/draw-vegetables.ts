import { art, dice, group, line, oval, shape, type Art } from './art.ts'
import { across, dark, down, light, mix, orb, radial, slant, veil } from './colour.ts'

/** Long ridged cucumber with its flower end, lying on a slant. */
export const cucumber: Art = art(
  100,
  48,
  shape(
    'M6 36 Q-1 30 6 22 Q34 2 72 4 Q92 5 96 13 Q98 22 86 26 Q52 30 20 42 Q11 44 6 36Z',
    down('#8fd05c', '#4ea53b@0.45', '#1f6b34'),
  ),
  shape(
    'M6 36 Q-1 30 6 22 Q16 14 28 10 L24 40 Q11 45 6 36Z',
    across(veil('#d7ee9a', 0.75), veil('#d7ee9a', 0)),
  ),
  line('M14 28 Q44 10 88 12', veil('#d9f7a6', 0.6), 2.4),
  line('M18 36 Q50 22 90 20', veil('#174f2b', 0.35), 1.6),
  [
    [24, 18],
    [36, 13],
    [50, 10],
    [64, 9],
    [78, 10],
    [32, 24],
    [46, 19],
    [60, 17],
    [74, 17],
    [86, 18],
    [28, 32],
    [44, 28],
    [58, 24],
    [72, 23],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 1.5, 1.3, '#2f8237') + oval(x - 0.4, y - 0.5, 0.7, 0.5, '#cdf09a'))
    .join(''),
  line('M94 14 Q99 12 99.4 9', '#5d8f3a', 2.6),
  [0, 72, 144, 216, 288]
    .map((turn) => group(`translate(4 29) rotate(${turn})`, oval(0, -3, 1.8, 3, '#ffd84a')))
    .join(''),
  oval(4, 29, 1.6, 1.6, '#e8a22a'),
)

/** One crosswise slice, to lean in front. */
export const cucumberSlice: Art = art(
  60,
  60,
  oval(30, 30, 29, 29, '#3f9a3c'),
  oval(30, 30, 25.6, 25.6, radial(0.5, 0.5, 0.5, '#eef8cf', '#dff2b4@0.6', '#b9e08a')),
  [0, 60, 120, 180, 240, 300]
    .map((turn) =>
      group(
        `translate(30 30) rotate(${turn})`,
        oval(0, -12, 2.4, 5, '#f7fbe6') + oval(0, -13, 1.3, 2.8, '#cfe39b'),
      ),
    )
    .join(''),
)

/** Northern cabbage: pale ribs below, frilled leaf above. */
export const napaCabbage: Art = art(
  84,
  100,
  shape(
    'M42 2 Q16 0 10 22 Q0 34 8 52 Q6 82 24 94 Q42 101 60 94 Q78 82 76 52 Q84 34 74 22 Q68 0 42 2Z',
    down('#a9d65b', '#7cbb3f@0.4', '#eaf2c8@0.78', '#f3f4dc'),
  ),
  shape(
    'M14 22 Q4 36 10 54 Q14 84 30 96 Q24 66 22 44 Q20 28 14 22Z',
    down('#8bc83f', '#c6e28a@0.5', '#f6f6e2'),
  ),
  shape(
    'M70 22 Q80 36 74 54 Q70 84 54 96 Q60 66 62 44 Q64 28 70 22Z',
    down('#6fb038', '#b6d87c@0.5', '#e3e8c2'),
  ),
  shape(
    'M42 8 Q24 10 23 26 Q16 36 24 50 Q26 80 36 97 H48 Q58 80 60 50 Q68 36 61 26 Q60 10 42 8Z',
    down('#b9e26a', '#a2d352@0.3', '#eef4cf@0.66', '#fdfdf2'),
  ),
  shape('M40 30 Q36 66 37 97 H47 Q48 66 44 30 Q42 24 40 30Z', across('#eef0d8', '#ffffff', '#e2e6c6')),
  line(
    'M42 32 Q34 26 30 20 M42 40 Q32 38 27 32 M42 50 Q33 48 28 44 M42 32 Q50 26 54 20 M42 40 Q52 38 57 32 M42 50 Q51 48 56 44',
    veil('#f6fbdf', 0.85),
    1.6,
  ),
  line('M16 30 Q18 56 28 88 M68 30 Q66 56 56 88', veil('#fbfcee', 0.8), 2.2),
  line('M26 12 Q22 18 24 26 M58 12 Q62 18 60 26', veil('#5d9c2c', 0.5), 1.4),
)

/** Round purple aubergine of the north. */
export const roundAubergine: Art = art(
  90,
  100,
  oval(45, 60, 43, 39, radial(0.34, 0.3, 0.8, '#b58ae8', '#6a2fb0@0.34', '#43167f@0.7', '#2a0a55')),
  oval(26, 48, 9, 13, veil('#ffffff', 0.4), 'transform="rotate(24 26 48)"'),
  shape(
    'M45 34 Q36 42 30 33 Q22 37 16 30 Q24 20 38 20 L41 4 Q45 1 49 4 L52 20 Q66 20 74 30 Q68 37 60 33 Q54 42 45 34Z',
    down('#9ad06a', '#57a046@0.5', '#2f7436'),
  ),
  line('M45 8 V22', veil('#d8f4b0', 0.6), 1.8),
)

/** A tied bunch of yard-long beans: every bean passes under the band. */
export const longBeans: Art = ((): Art => {
  const tones = [
    '#3f8f3a',
    '#5fae46',
    '#4b9c3e',
    '#6bbb4f',
    '#459a3c',
    '#63b24a',
    '#78c458',
    '#58a945',
    '#3f8f3a',
  ]
  const bean = (colour: string, index: number): string => {
    const spread = index - 4
    const d = `M${48 + spread * 10.4} ${6 + Math.abs(spread) * 2.4} Q${48 + spread * 7} 30 ${48 + spread * 4.6} 46 Q${48 + spread * 3.4} 62 ${48 + spread * 7.4} ${87 - Math.abs(spread) * 2}`
    return (
      line(d, dark(colour, 0.26), 7.6) +
      line(d, colour, 5.8) +
      line(d, veil('#e2f7b6', 0.45), 1.5, 'transform="translate(-1.1 0)"')
    )
  }
  const order = [0, 8, 2, 6, 1, 7, 3, 5, 4]
  return art(
    96,
    92,
    order.map((index) => bean(tones[index] ?? '#4b9c3e', index)).join(''),
    shape('M24 42 Q48 50 72 42 L71 51 Q48 59 25 51Z', down('#f05a3c', '#c8371f')),
  )
})()

/** Spinach with its red roots, tied once. */
export const spinach: Art = ((): Art => {
  const leaf = (turn: number, size: number, tone: string): string =>
    group(
      `translate(48 84) rotate(${turn}) scale(${size})`,
      line('M0 0 Q1 -24 0 -46', '#9ed66e', 4.4),
      shape(
        'M0 -86 Q20 -76 19 -56 Q24 -44 10 -34 Q4 -28 0 -30 Q-4 -28 -10 -34 Q-24 -44 -19 -56 Q-20 -76 0 -86Z',
        down(light(tone, 0.24), tone, dark(tone, 0.22)),
      ),
      line(
        'M0 -32 V-78 M0 -46 L12 -56 M0 -46 L-12 -56 M0 -60 L9 -68 M0 -60 L-9 -68',
        veil('#bfe88c', 0.6),
        1.6,
      ),
    )
  return art(
    96,
    100,
    leaf(-40, 0.84, '#2f8a3c') +
      leaf(40, 0.84, '#2a8037') +
      leaf(-22, 0.95, '#3a9a44') +
      leaf(23, 0.95, '#358f3f'),
    leaf(0, 1, '#46aa4c') + leaf(-11, 0.8, '#3f9f48') + leaf(13, 0.78, '#3c9a45'),
    shape('M38 74 Q48 80 58 74 L56 84 Q48 89 40 84Z', down('#ffb23c', '#e07f1c')),
    shape('M40 84 Q48 88 56 84 L53 95 Q50 100 48 100 Q46 100 43 95Z', down('#d9577a', '#a32a55')),
    line('M44 92 L40 99 M52 92 L56 99', '#b83a64', 1.6),
  )
})()

const shiitakeCap = (x: number, y: number, size: number, turn: number): string =>
  group(
    `translate(${x} ${y}) rotate(${turn}) scale(${size})`,
    shape('M-8 4 Q-9 20 -7 26 Q0 31 7 26 Q9 20 8 4Z', across('#e0c8a6', '#fff3de', '#cdae87')),
    shape(
      'M-30 4 Q-30 -24 0 -25 Q30 -24 30 4 Q30 12 0 12 Q-30 12 -30 4Z',
      radial(0.36, 0.22, 0.85, '#c98d5c', '#8d5431@0.5', '#552c1c'),
    ),
    shape('M-30 4 Q-30 12 0 12 Q30 12 30 4 Q20 8 0 8 Q-20 8 -30 4Z', '#ecd7b4'),
    line('M-15 -9 Q0 -16 15 -7 M1 -21 Q-2 -9 1 3', '#f3dfc0', 3.4),
  )

export const shiitake: Art = art(
  100,
  84,
  shiitakeCap(30, 34, 0.86, -10),
  shiitakeCap(71, 34, 0.86, 9),
  shiitakeCap(50, 54, 1.04, 0),
)

/** Oyster mushrooms: a clump of grey-brown fans. */
export const oysterMushroom: Art = ((): Art => {
  const fan = (x: number, y: number, size: number, turn: number, tone: string): string =>
    group(
      `translate(${x} ${y}) rotate(${turn}) scale(${size})`,
      shape('M-7 0 Q-4 26 -2 40 H4 Q7 26 8 0Z', across('#e6e0d8', '#ffffff', '#d5cdc6')),
      shape(
        'M-28 0 Q-32 -22 -6 -26 Q18 -30 28 -14 Q34 0 22 5 Q0 12 -20 6 Q-27 4 -28 0Z',
        radial(0.4, 0.15, 0.9, light(tone, 0.55), `${tone}@0.6`, dark(tone, 0.25)),
      ),
      shape('M-28 0 Q-27 4 -20 6 Q0 12 22 5 Q28 3 28.6 -2 Q14 6 -4 4 Q-20 4 -28 0Z', veil('#fffaf2', 0.85)),
      line('M-12 5 L-4 16 M0 7 L1 18 M12 6 L6 16', veil('#b9aca4', 0.7), 1),
    )
  return art(
    100,
    88,
    fan(24, 36, 0.8, -22, '#b5a398') + fan(77, 36, 0.8, 22, '#a89688') + fan(50, 28, 0.9, 2, '#b9a89b'),
    fan(34, 56, 0.84, -12, '#c4b4a6') + fan(67, 56, 0.84, 12, '#baa898') + fan(50, 62, 0.66, 0, '#cdbfb2'),
  )
})()

/** Three leeks of the north, tied: white stalks, green tops. */
export const greenOnion: Art = ((): Art => {
  const stalk = (x: number, foot: number, lean: number): string =>
    group(
      `translate(${x} ${foot}) rotate(${lean})`,
      shape(
        'M-5 -46 Q-9 -70 -20 -92 Q-8 -84 -3 -64 Q-4 -86 2 -99 Q6 -84 4 -64 Q10 -82 21 -90 Q11 -70 6 -46Z',
        down('#3f8c42', '#6bb24e@0.6', '#c9e69a'),
      ),
      line('M-2 -50 Q-6 -68 -12 -80 M1 -50 Q2 -72 2 -88 M4 -50 Q8 -68 14 -80', veil('#d8f2a8', 0.55), 1),
      shape(
        'M-5.4 -48 Q0 -54 6 -48 L6.6 -8 Q7 -2 0 -1 Q-7 -2 -6.4 -8Z',
        across('#dfe9cd', '#ffffff@0.35', '#f6f8ee@0.6', '#cfdcbc'),
      ),
      line('M-4 -1 L-7 4 M-1 0 L-2 6 M2 0 L3 6 M5 -1 L8 4', '#d7c9a4', 1.2),
    )
  return art(
    92,
    108,
    stalk(32, 98, -9) + stalk(60, 98, 9) + stalk(46, 101, 0),
    shape('M26 74 Q46 82 67 74 L67 80 Q46 88 26 80Z', down('#f0603c', '#c23a1e')),
  )
})()

/** Slim red chillies in a heap. */
export const littleChillies: Art = ((): Art => {
  const roll = dice(11)
  const chilli = (x: number, y: number, turn: number): string =>
    group(
      `translate(${x} ${y}) rotate(${turn})`,
      shape('M-3.6 -14 Q-5 6 1 20 Q6 4 4 -14 Q0 -18 -3.6 -14Z', across('#ff6a4a', '#e32424@0.5', '#a80f2c')),
      line('M-1.4 -11 Q-2 2 0.6 12', veil('#ffffff', 0.5), 1.1),
      shape('M-4.4 -13 Q-4 -18 0 -18 Q4 -18 4.8 -13 Q0 -10 -4.4 -13Z', '#5fae46') +
        line('M0 -17 Q1 -22 3 -25', '#4b9440', 1.9),
    )
  const heap = Array.from({ length: 17 }, (_, index) =>
    chilli(
      12 + (index % 9) * 9.4 + roll() * 4,
      26 + Math.floor(index / 9) * 12 + roll() * 4,
      -70 + roll() * 140,
    ),
  )
  return art(100, 56, heap.join(''))
})()

/** Flower-like label mark: petals round a heart. */
export const blossom = (petal: string, heart: string, petals = 5): Art =>
  art(
    40,
    40,
    Array.from({ length: petals }, (_, i) =>
      group(
        `translate(20 20) rotate(${(i * 360) / petals})`,
        oval(0, -10, 6.4, 9, down(petal, mix(petal, '#ffffff', 0.3))),
      ),
    ).join(''),
    oval(20, 20, 5, 5, orb(heart)),
  )

export const leafMark: Art = art(
  40,
  40,
  shape('M4 36 Q2 10 36 4 Q38 34 12 34Z', slant('#8fd05c', '#2f8a3c')),
  line('M6 38 Q14 22 28 13', '#e4f7c4', 2),
)
