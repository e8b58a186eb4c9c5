import { art, at, emoji } from './art.ts'
import { plumpPack, softPack } from './bags.ts'
import { detergent, pumpBottle, squeezeBottle } from './bottles.ts'
import { tube, box } from './boxes.ts'
import type { Recipe } from './compose.ts'
import * as goods from './draw-care.ts'
import { blossom, leafMark } from './draw-vegetables.ts'
import { card, stand } from './layouts.ts'

const bubbles = emoji('1fae7')
const roll = emoji('1f9fb')
const tissue = goods.tissuePack('#7fb8ea', blossom('#ffffff', '#f6c84a'))
const brush = (tone: string) => emoji('1faa5', tone)

/** Cleaning and personal care. */
export const careCards: Record<string, Recipe> = {
  '洗衣液 3kg': card(
    'C',
    stand(detergent('#3a8fe0', { print: emoji('1f455', 'hue-rotate(110deg)') }), 43, 81, 66),
    stand(bubbles, 73, 80, 26),
  ),
  '洗洁精 1.5kg': card(
    'C',
    stand(squeezeBottle('#f6d03a', { cap: '#3f9a44', label: '#fffbe0', print: emoji('1f34b') }), 43, 81, 66),
    stand(emoji('1f9fd'), 69, 83, 28),
  ),
  '抽纸 110抽×24': card('C', stand(tissue, 32, 64, 48), stand(tissue, 68, 65, 48), stand(tissue, 50, 82, 60)),
  '卷纸 12卷': card(
    'C',
    stand(roll, 33, 62, 36),
    stand(roll, 66, 62, 36),
    stand(roll, 28, 82, 38),
    stand(roll, 50, 82, 38),
    stand(roll, 73, 82, 38),
  ),
  '湿巾 80抽': card(
    'C',
    stand(softPack('#4fb8c8', { lid: '#ffffff', accent: '#e6fafc', print: emoji('1f4a7') }), 50, 76, 68),
  ),
  '垃圾袋 150只': card(
    'C',
    stand(goods.fullBinBag('#4a5a52'), 38, 78, 54),
    stand(goods.binBagRoll('#4a5a52'), 68, 83, 38),
  ),
  '84消毒液 500ml': card(
    'C',
    stand(
      squeezeBottle('#f4f6fa', { cap: '#2f6fd0', label: '#2f8f5a', print: emoji('1f6e1-fe0f') }),
      50,
      81,
      66,
    ),
  ),
  '洁厕液 500ml': card(
    'C',
    stand(
      squeezeBottle('#2f5fd0', { cap: '#f0a52e', label: '#dff0ff', print: emoji('1f6bd'), bend: true }),
      50,
      81,
      66,
    ),
  ),
  '洗发水 750ml': card(
    'C',
    stand(pumpBottle('#3a7a4a', { cap: '#e8d9a8', label: '#f6fbe9', print: leafMark }), 45, 81, 66),
    stand(bubbles, 70, 79, 22),
  ),
  '沐浴露 1L': card(
    'C',
    stand(pumpBottle('#f4a8bc', { label: '#fff6f9', print: emoji('1f338') }), 45, 81, 66),
    stand(emoji('1f9fc'), 72, 83, 26),
  ),
  '牙膏 160g': card(
    'C',
    stand(
      box('#2f9ad0', {
        print: goods.freshMark,
        accent: '#ffffff',
        width: 92,
        height: 26,
        depth: 14,
        printSize: 0.8,
      }),
      47,
      70,
      62,
      { turn: -4 },
    ),
    stand(
      art(
        40,
        96,
        at(tube('#f6fbff', { accent: '#2f9ad0', print: goods.freshMark }), { x: 20, y: 96, size: 96 }),
      ),
      62,
      84,
      44,
      { turn: 14 },
    ),
  ),
  '牙刷 4支': card(
    'C',
    stand(brush(''), 38, 76, 46),
    stand(brush('hue-rotate(-130deg)'), 48, 78, 46),
    stand(brush('hue-rotate(150deg) brightness(1.1)'), 58, 80, 46),
    stand(brush('hue-rotate(-60deg) brightness(1.05)'), 68, 82, 46),
  ),
  '洗手液 500ml': card(
    'C',
    stand(pumpBottle('#7fd0c0', { cap: '#ffffff', label: '#f2fffb', print: emoji('1f9f4') }), 45, 81, 64),
    stand(bubbles, 70, 80, 24),
  ),
  '护手霜 75g': card(
    'C',
    stand(tube('#f2c4a4', { print: blossom('#ffffff', '#e8a23a'), accent: '#fff6ee' }), 46, 81, 62, {
      turn: -3,
    }),
    stand(blossom('#f6a07c', '#f6d04a'), 68, 83, 20),
  ),
  '卫生巾 245mm×10': card(
    'C',
    stand(plumpPack('#f08ab0', { print: blossom('#f6a8c4', '#f6d04a'), accent: '#fff4f9' }), 42, 79, 58),
    stand(goods.sanitaryTowel, 73, 83, 36, { turn: 8 }),
  ),
}
