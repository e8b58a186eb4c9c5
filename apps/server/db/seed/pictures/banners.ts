import { at, dice, emoji, oval, rect, shape, type Art } from './art.ts'
import { plate } from './bags.ts'
import { rasterise } from './compose.ts'
import { glassBottle } from './bottles.ts'
import { down, radial, veil } from './colour.ts'
import { snowPear, watermelon, roastedChestnut } from './draw-fruit.ts'
import { sauceDish } from './draw-grains.ts'
import { napaCabbage } from './draw-vegetables.ts'
import { words } from './lettering.ts'
import { persimmon } from './mark.ts'

/** First pictures of the shop. `title` is read out; the rest is in the picture. */
export type Banner = { readonly id: string; readonly title: string; readonly markup: string }

const WIDTH = 351
const HEIGHT = 164
const DENSITY = 3

const softShadow = (x: number, y: number, rx: number, tone: string): string =>
  oval(x, y, rx, rx * 0.14, radial(0.5, 0.5, 0.5, veil(tone, 0.4), `${veil(tone, 0.24)}@0.5`, veil(tone, 0)))

const button = (text: string, fill: string): string => {
  const width = text.length * 14 + 44
  return (
    rect(16, 120, width, 32, 16, fill) +
    words(text, { hand: 'bold', x: 30, y: 141, size: 14, fill: '#ffffff' }) +
    `<path d="M${width - 5} 131.5 l4.5 4.5 l-4.5 4.5" fill="none" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`
  )
}

const headline = (first: string, second: string, ink: string): string =>
  words(first, { hand: 'serif', x: 16, y: 59, size: 21, fill: ink }) +
  words(second, { hand: 'serif', x: 16, y: 85, size: 21, fill: ink })

const standing = (piece: Art, x: number, y: number, size: number, tone: string, turn = 0): string =>
  softShadow(x, y, (size * piece.width) / Math.max(piece.width, piece.height) / 2, tone) +
  at(piece, { x, y, size, turn })

function winterPickles(): Banner {
  const roll = dice(3)
  const snow = Array.from({ length: 18 }, () => {
    const r = 1.6 + roll() * 2
    return oval(150 + roll() * 190, 6 + roll() * 96, r, r, veil('#ffffff', 0.92))
  })
  return {
    id: 'winter-pickles',
    title: '小雪腌菜，大雪腌肉：一棵大白菜，腌一坛冬天',
    markup: [
      rect(0, 0, WIDTH, HEIGHT, 0, down('#d9e7ec', '#e6efe3')),
      snow.join(''),
      shape('M0 164 V150 Q90 108 190 124 Q280 136 351 116 V164Z', down('#ffffff', '#f3f7f1')),
      rect(16, 14, 36, 20, 4, '#a93226'),
      words('小雪', { hand: 'serif', x: 21, y: 29, size: 13, fill: '#fff6ee' }),
      headline('小雪腌菜', '大雪腌肉', '#23402a'),
      words('一棵大白菜，腌一坛冬天', { hand: 'plain', x: 16, y: 107, size: 12.5, fill: '#3d5142' }),
      button('备一坛冬菜', '#2c4a26'),
      standing(napaCabbage, 290, 144, 112, '#2c4a36', 5),
      standing(emoji('1fad9'), 236, 150, 58, '#2c4a36'),
      standing(emoji('1f336-fe0f', 'hue-rotate(14deg)'), 268, 156, 30, '#2c4a36', 6),
    ].join(''),
  }
}

function localFruit(): Banner {
  const apple = emoji('1f34e')
  return {
    id: 'local-fruit',
    title: '邢台味道，本地好果：内丘苹果、宁晋鸭梨、信都板栗',
    markup: [
      rect(0, 0, WIDTH, HEIGHT, 0, down('#fdeee2', '#fbe0cf')),
      shape('M0 164 V134 Q120 116 230 128 Q300 134 351 122 V164Z', down('#f6cdb2', '#f2bd9d')),
      oval(300, 30, 60, 60, veil('#ffffff', 0.26)),
      at(persimmon, { x: 27, y: 36, size: 24 }),
      headline('邢台味道', '本地好果', '#6b2710'),
      words('内丘苹果、宁晋鸭梨、信都板栗', { hand: 'plain', x: 16, y: 107, size: 12.5, fill: '#6f4332' }),
      button('尝尝本地味', '#a3330a'),
      standing(watermelon, 300, 128, 84, '#6b3018'),
      standing(snowPear, 246, 136, 62, '#6b3018', -5),
      standing(apple, 272, 148, 58, '#6b3018', 4),
      standing(roastedChestnut, 316, 150, 34, '#6b3018', 8),
      standing(roastedChestnut, 226, 151, 28, '#6b3018', -8),
    ].join(''),
  }
}

function dumplingNight(): Banner {
  const dumpling = emoji('1f95f', 'saturate(.42) brightness(1.14)')
  const vinegar = glassBottle('#32160f', {
    label: '#f3c14a',
    cap: '#e0aa2e',
    band: '#8a2a1c',
    width: 38,
    neck: 10,
    shoulder: 46,
  })
  return {
    id: 'dumpling-night',
    title: '水饺陈醋，一锅热乎：下单后到店就能取',
    markup: [
      rect(0, 0, WIDTH, HEIGHT, 0, down('#e9ebf9', '#dde1f4')),
      shape('M0 164 V132 Q150 120 351 130 V164Z', down('#c9cfec', '#bcc3e4')),
      at(persimmon, { x: 27, y: 36, size: 24 }),
      headline('水饺陈醋', '一锅热乎', '#2b3170'),
      words('下单后到店就能取', { hand: 'plain', x: 16, y: 107, size: 12.5, fill: '#474d7c' }),
      button('去挑饺子', '#3d4892'),
      standing(vinegar, 214, 140, 96, '#2b2f5c'),
      standing(plate(), 282, 150, 126, '#2b2f5c'),
      at(dumpling, { x: 258, y: 128, size: 50, turn: -8 }),
      at(dumpling, { x: 300, y: 127, size: 50, turn: 8, flip: true }),
      at(dumpling, { x: 280, y: 141, size: 52 }),
      standing(sauceDish('#3d1a10'), 226, 156, 38, '#2b2f5c'),
    ].join(''),
  }
}

export const banners = (): Banner[] => [winterPickles(), localFruit(), dumplingNight()]

/** A banner as webp, three pixels to a point. */
export async function renderBanner({ markup }: Banner): Promise<Buffer> {
  const drawn = await rasterise(markup, `0 0 ${WIDTH} ${HEIGHT}`, WIDTH * DENSITY, HEIGHT * DENSITY)
  return drawn.webp({ quality: 88, effort: 4, smartSubsample: true }).toBuffer()
}
