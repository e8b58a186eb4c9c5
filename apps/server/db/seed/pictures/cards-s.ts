import { art, at, emoji, type Art } from './art.ts'
import { bag, clearBag, pouch } from './bags.ts'
import { box, canister } from './boxes.ts'
import type { Recipe } from './compose.ts'
import { longGrain } from './draw-grains.ts'
import * as snack from './draw-snacks.ts'
import { card, stand, withContent } from './layouts.ts'

/** Three loose pieces before the pack. */
const handful = (piece: Art, tilt = 24): Art =>
  art(
    100,
    60,
    at(piece, { x: 27, y: 56, size: 46, turn: -tilt }),
    at(piece, { x: 72, y: 56, size: 46, turn: tilt }),
    at(piece, { x: 50, y: 46, size: 46, turn: 4 }),
  )

/** Snacks. */
export const snackCards: Record<string, Recipe> = {
  '苏打饼干 400g': card(
    'S',
    stand(bag('#2f9a8a', { print: snack.cracker }), 40, 81, 62, { turn: -3 }),
    stand(snack.cracker, 68, 76, 26, { turn: 12 }),
    stand(snack.cracker, 75, 84, 26, { turn: -8 }),
  ),
  '威化饼干 200g': card(
    'S',
    stand(
      box('#e0508a', { print: snack.wafer('#fff3e2'), accent: '#ffe6f0', width: 66, height: 58 }),
      42,
      76,
      56,
    ),
    stand(snack.wafer('#fff3e2'), 65, 84, 36),
  ),
  '薯片 104g': card(
    'S',
    stand(canister('#e8402c', { print: snack.crisp, accent: '#ffd23f' }), 40, 80, 66),
    stand(handful(snack.crisp, 18), 68, 84, 36),
  ),
  '瓜子 308g': withContent(
    'S',
    bag('#c8301f', { print: emoji('1f33b') }),
    handful(snack.sunflowerSeed, 60),
    62,
    34,
  ),
  '花生米 400g': withContent(
    'S',
    clearBag('#b5583c', '#f0a52e', longGrain('#c8684a', 4.4, 3.4), { count: 120 }),
    handful(snack.peanutKernel),
    60,
    36,
  ),
  '每日坚果 25g×7': card(
    'S',
    stand(
      box('#3f8f5a', { print: snack.mixedNuts, accent: '#fff2d2', width: 68, height: 60, printSize: 0.74 }),
      44,
      76,
      58,
    ),
    stand(snack.mixedNuts, 66, 85, 40),
  ),
  '牛肉干 100g': withContent(
    'S',
    pouch('#7a2a1c', { print: emoji('1f402'), accent: '#ffe6bf' }),
    snack.jerky,
    62,
    34,
  ),
  '辣条 102g': withContent(
    'S',
    bag('#e0301f', { print: emoji('1f336-fe0f', 'hue-rotate(14deg)'), accent: '#ffd23f' }),
    snack.spicyStrips,
    62,
    38,
  ),
  '山楂片 300g': withContent(
    'S',
    bag('#d8405a', { print: snack.haw, accent: '#fff0e2' }),
    snack.hawFlakes,
    62,
    38,
  ),
  '红枣 500g': withContent(
    'S',
    clearBag('#8f2424', '#c8301f', longGrain('#a82a28', 5.4, 3.9), { count: 100 }),
    handful(snack.redDate),
    60,
    38,
  ),
  '巨鹿枸杞 250g': withContent(
    'S',
    clearBag('#c8301f', '#e8a02e', longGrain('#e0402c', 3.2, 1.6), { count: 330 }),
    art(100, 44, goji()),
    60,
    36,
  ),
  '巧克力 80g': card('S', stand(emoji('1f36b'), 50, 79, 60, { turn: -4 })),
  '水果糖 500g': card(
    'S',
    stand(emoji('1f36c'), 34, 64, 36, { turn: -8 }),
    stand(emoji('1f36c', 'hue-rotate(100deg)'), 66, 63, 36, { turn: 10 }),
    stand(emoji('1f36c', 'hue-rotate(-110deg)'), 31, 82, 36, { turn: 12 }),
    stand(emoji('1f36c', 'hue-rotate(40deg)'), 66, 83, 38, { turn: -6 }),
  ),
  '果冻 500g': card(
    'S',
    stand(snack.jellyCup('#f0b02e'), 32, 63, 36),
    stand(snack.jellyCup('#8a5ad8'), 67, 63, 36),
    stand(snack.jellyCup('#e8506a'), 50, 71, 38),
    stand(snack.jellyCup('#4fb04a'), 29, 80, 38),
    stand(snack.jellyCup('#f07a2e'), 71, 80, 38),
  ),
  '海苔 20g': withContent(
    'S',
    pouch('#2f7a4a', { print: snack.seaweed, accent: '#f1fbe6' }),
    snack.seaweed,
    62,
    38,
  ),
}

function goji(): string {
  const grain = longGrain('#e0402c', 7, 3.6)
  return [
    [14, 36],
    [30, 38],
    [46, 38],
    [62, 38],
    [78, 38],
    [90, 37],
    [22, 28],
    [38, 28],
    [54, 28],
    [70, 29],
    [84, 30],
    [32, 18],
    [48, 18],
    [62, 19],
    [48, 9],
  ]
    .map(([x = 0, y = 0], i) => grain(x, y, () => ((i * 37) % 100) / 100))
    .join('')
}
