import { emoji } from './art.ts'
import { bag, clearBag, pouch, sack } from './bags.ts'
import { glassBottle, jar, oilJug } from './bottles.ts'
import { box } from './boxes.ts'
import type { Recipe } from './compose.ts'
import * as grain from './draw-grains.ts'
import { soybeanHeap } from './draw-bakery.ts'
import { card, one, stand, withContent } from './layouts.ts'

const chilli = emoji('1f336-fe0f', 'hue-rotate(14deg)')

/** Rice, flour, noodles, oil, seasoning. */
export const stapleCards: Record<string, Recipe> = {
  '特一小麦粉 5kg': withContent(
    'L',
    sack('#f3ead8', { print: emoji('1f33e'), accent: '#3f7f3c' }),
    grain.bowlOf(grain.roundGrain('#fffaf0', 2.6), '#fffaf0', 110),
    64,
    36,
  ),
  '长粒香米 5kg': withContent(
    'L',
    sack('#f0c63e', { print: emoji('1f35a'), accent: '#c33a2a' }),
    grain.bowlOf(grain.longGrain('#fffdf6', 3.2, 1.3), '#f6f0e0', 130),
    64,
    36,
  ),
  '黄小米 1kg': withContent(
    'L',
    clearBag('#edc13a', '#c4672a', grain.roundGrain('#f4cb45', 1.7), { count: 420 }),
    grain.bowlOf(grain.roundGrain('#f4cb45', 1.9), '#e8b92f', 170),
    60,
    36,
  ),
  '挂面 1kg': one('L', grain.noodleBundle, 66, 6),
  '花生油 5L': card(
    'L',
    stand(oilJug('#f0a51e', { print: emoji('1f95c'), label: '#c8301f' }), 42, 80, 66),
    stand(emoji('1f95c'), 70, 83, 28, { turn: 8 }),
  ),
  '大豆油 5L': card(
    'L',
    stand(oilJug('#f6d04a', { print: grain.drop('#f6c53a'), label: '#2f8a3f', cap: '#2f8a3f' }), 42, 80, 66),
    stand(soybeanHeap, 71, 83, 30),
  ),
  '芝麻香油 400ml': card(
    'L',
    stand(
      glassBottle('#a04a12', {
        label: '#fbe4a4',
        cap: '#d8a52c',
        print: grain.sesameMark('#c98a34'),
        band: '#c8372d',
        width: 34,
      }),
      43,
      80,
      66,
    ),
    stand(grain.sauceDish('#b5581a'), 67, 83, 32),
  ),
  '酱油 800ml': card(
    'L',
    stand(
      glassBottle('#3d1c14', {
        label: '#d23b2a',
        cap: '#c8301f',
        print: soybeanHeap,
        printSize: 26,
        width: 40,
      }),
      43,
      80,
      66,
    ),
    stand(grain.sauceDish('#4a2013'), 68, 83, 32),
  ),
  '陈醋 500ml': card(
    'L',
    stand(
      glassBottle('#32160f', {
        label: '#f3c14a',
        cap: '#e0aa2e',
        print: emoji('1f376', 'sepia(1) saturate(1.5) hue-rotate(-18deg) brightness(.5)'),
        printSize: 24,
        band: '#8a2a1c',
        width: 38,
        neck: 10,
        shoulder: 46,
      }),
      43,
      80,
      66,
    ),
    stand(grain.sauceDish('#3d1a10'), 67, 83, 32),
  ),
  '加碘盐 400g': card(
    'L',
    stand(bag('#2f7fd0', { print: emoji('1f9c2'), accent: '#ffffff', printSize: 44 }), 50, 81, 64),
  ),
  '白砂糖 500g': withContent(
    'L',
    pouch('#e86a8c', { print: grain.sugarCubes, accent: '#fff1f5' }),
    grain.sugarCubes,
    62,
    30,
  ),
  '豆瓣酱 500g': withContent(
    'L',
    jar('#a52a1a', { label: '#ffd7a0', print: chilli, cap: '#d8a52c' }),
    grain.sauceDish('#b5301c'),
    56,
    32,
  ),
  '芝麻酱 350g': withContent(
    'L',
    jar('#b98148', { label: '#fff1d2', print: grain.sesameMark('#e0b878'), cap: '#f0c23a' }),
    grain.sauceDish('#c48d52'),
    56,
    32,
  ),
  '十三香 45g': card(
    'L',
    stand(box('#e8b52f', { print: grain.starAnise, accent: '#c8301f', width: 54, height: 66 }), 43, 79, 56),
    stand(grain.starAnise, 74, 83, 24),
  ),
  '绿豆 500g': withContent(
    'L',
    clearBag('#5c8a30', '#2f7a3f', grain.roundGrain('#6b9c38', 3), { count: 200 }),
    grain.bowlOf(grain.roundGrain('#6b9c38', 3.2), '#56802c', 80),
    60,
    36,
  ),
}
