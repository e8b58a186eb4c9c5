import { emoji } from './art.ts'
import { bag, clearBag, plate, pouch } from './bags.ts'
import { box, bucket, tin } from './boxes.ts'
import type { Recipe } from './compose.ts'
import { strips } from './draw-bakery.ts'
import * as frozen from './draw-frozen.ts'
import { card, one, stand, trio } from './layouts.ts'

const DOUGH = 'saturate(.42) brightness(1.14)'
const dumpling = emoji('1f95f', DOUGH)
const greenDumpling = emoji('1f95f', 'saturate(.5) brightness(1.1) hue-rotate(42deg)')
const noodleBag = bag('#d8301f', { print: emoji('1f35c'), accent: '#ffd98c' })

/** Instant meals and frozen food. */
export const frozenCards: Record<string, Recipe> = {
  '红烧牛肉面 5包': card(
    'F',
    stand(noodleBag, 32, 76, 56, { turn: -7 }),
    stand(noodleBag, 66, 76, 56, { turn: 7 }),
    stand(noodleBag, 49, 81, 60),
  ),
  '老坛酸菜面 桶': card(
    'F',
    stand(bucket('#5a3f9a', { print: emoji('1f35c', 'hue-rotate(96deg)'), accent: '#d8e86a' }), 50, 79, 62),
  ),
  '自热米饭 300g': card(
    'F',
    stand(box('#e8722a', { print: emoji('1f35a'), accent: '#fff1d8', width: 72, height: 50 }), 44, 72, 58),
    stand(emoji('1f35b'), 64, 84, 40),
  ),
  '八宝粥 360g': card(
    'F',
    stand(
      tin('#c8402e', {
        print: frozen.bowl('#8a4a3a', frozen.porridgeBits),
        printSize: 44,
        accent: '#ffe6b8',
      }),
      50,
      80,
      60,
    ),
  ),
  '火腿肠 10支': one('F', frozen.hamSausages, 66),
  '榨菜 80g': card(
    'F',
    stand(
      pouch('#3f8f3a', { print: strips('#c9c05a', 12, 34, 4), accent: '#fffbe0', printSize: 42 }),
      50,
      81,
      62,
    ),
  ),
  '猪肉大葱水饺 1kg': trio('F', dumpling, 46),
  '三鲜水饺 500g': card(
    'F',
    stand(dumpling, 32, 65, 38, { turn: -8 }),
    stand(greenDumpling, 64, 64, 38, { turn: 6 }),
    stand(dumpling, 45, 79, 40),
    stand(emoji('1f364', 'brightness(1.08)'), 72, 83, 26),
  ),
  '黑芝麻汤圆 500g': one('F', frozen.sesameBalls, 66),
  '奶黄包 300g': one('F', frozen.custardBuns, 64),
  '手抓饼 10片': one('F', frozen.flakyPancakes, 68),
  '鱼豆腐 500g': card('F', stand(plate(), 50, 80, 76), stand(frozen.fishTofu, 50, 75, 54, { shadow: 0 })),
  '羊肉串 300g': card(
    'F',
    stand(plate(), 50, 80, 78),
    stand(frozen.muttonSkewers, 50, 77, 66, { shadow: 0 }),
  ),
  '冰淇淋 6支': card(
    'F',
    stand(box('#6fb8e8', { print: emoji('1f366'), accent: '#fff6fb', width: 62, height: 58 }), 42, 76, 56),
    stand(emoji('1f366'), 72, 83, 42, { turn: 6 }),
  ),
  '速冻玉米粒 500g': card(
    'F',
    stand(clearBag('#f3c02e', '#3f8f3a', frozen.cornKernel, { count: 130 }), 41, 81, 62, { turn: -3 }),
    stand(emoji('1f33d'), 69, 83, 36),
  ),
}
