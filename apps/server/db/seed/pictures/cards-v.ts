import { at, emoji } from './art.ts'
import { tray } from './bags.ts'
import type { Recipe } from './compose.ts'
import * as veg from './draw-vegetables.ts'
import { card, five, one, stand, trio } from './layouts.ts'

/** Vegetables and mushrooms. */
export const vegetableCards: Record<string, Recipe> = {
  '黄瓜 约500g': card(
    'V',
    stand(veg.cucumber, 48, 58, 60),
    stand(veg.cucumber, 52, 72, 68),
    stand(veg.cucumberSlice, 73, 80, 20),
  ),
  '西红柿 约500g': trio('V', emoji('1f345', 'hue-rotate(13deg)'), 42),
  '土豆 约1kg': five('V', emoji('1f954'), 33),
  '大白菜 约2kg': one('V', veg.napaCabbage, 64),
  '圆茄子 约500g': card(
    'V',
    stand(veg.roundAubergine, 37, 71, 44, { turn: -8 }),
    stand(veg.roundAubergine, 61, 79, 52, { turn: 6 }),
  ),
  '豆角 约400g': one('V', veg.longBeans, 62),
  '菠菜 300g': one('V', veg.spinach, 66),
  '宁晋香菇 250g': card('V', stand(veg.shiitake, 50, 78, 66, { shadow: 0.5 })),
  '平菇 400g': card('V', stand(veg.oysterMushroom, 50, 79, 66, { shadow: 0.6 })),
  '西兰花 约400g': one('V', emoji('1f966', 'hue-rotate(-26deg) brightness(.98)'), 60),
  '胡萝卜 约500g': card(
    'V',
    stand(emoji('1f955'), 36, 66, 42, { turn: -14 }),
    stand(emoji('1f955'), 62, 68, 44, { turn: 8 }),
    stand(emoji('1f955'), 47, 82, 48, { turn: -4 }),
  ),
  '洋葱 约1kg': trio('V', emoji('1f9c5', 'hue-rotate(-66deg) saturate(1.1) brightness(.74)'), 44),
  '大葱 约1kg': one('V', veg.greenOnion, 68),
  '生姜 200g': one('V', emoji('1fada', 'saturate(.72) brightness(1.08) hue-rotate(14deg)'), 56),
  '小米椒 100g': card(
    'V',
    stand(tray('#f4f4f8', at(veg.littleChillies, { x: 50, y: 53, size: 104 })), 50, 77, 66),
  ),
}
