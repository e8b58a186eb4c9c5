import { emoji } from './art.ts'
import { plumpPack, softPack } from './bags.ts'
import { box, tin } from './boxes.ts'
import type { Recipe } from './compose.ts'
import { nappy } from './draw-care.ts'
import * as home from './draw-home.ts'
import { bowl } from './draw-frozen.ts'
import { card, one, stand } from './layouts.ts'

const baby = emoji('1f476-1f3fb')
const babyWipes = softPack('#8fc8ea', { lid: '#ffd98c', accent: '#eef8ff', print: baby })
const cell = home.battery('#2a2a34', '#e0902c')
const pens = ['#2f2f3a', '#2f5fd0', '#c8302c'] as const

/** Household, mother and baby, stationery. */
export const homeCards: Record<string, Recipe> = {
  '保鲜膜 30m': card(
    'H',
    stand(home.clingFilmBox, 48, 68, 66),
    stand(home.clingFilmRoll, 56, 82, 56, { turn: -2 }),
  ),
  '保鲜盒 3件': card(
    'H',
    stand(home.foodBox('#f0a04a'), 36, 67, 46),
    stand(home.foodBox('#4aa8c8'), 66, 68, 40),
    stand(home.foodBox('#7ab84a'), 50, 82, 50),
  ),
  '不锈钢炒锅 32cm': one('H', home.wok, 72, -4),
  '保温杯 500ml': card('H', stand(home.thermos('#3f7f6a'), 50, 81, 66)),
  'LED灯泡 9W': card('H', stand(home.ledBulb, 50, 81, 62)),
  '5号电池 8粒': card(
    'H',
    stand(cell, 29, 74, 46),
    stand(cell, 43, 74, 46),
    stand(cell, 57, 74, 46),
    stand(cell, 71, 74, 46),
    stand(cell, 50, 83, 48),
  ),
  '插线板 1.8m': one('H', home.powerStrip, 72),
  纯棉毛巾: one('H', home.towels(['#7fa8d8', '#f4c6a8', '#f6f1e8']), 62),
  雨伞: card('H', stand(emoji('2602-fe0f', 'hue-rotate(-60deg)'), 50, 81, 64)),
  '收纳箱 60L': one('H', home.storageBox, 64),
  '婴儿纸尿裤 L54片': card(
    'H',
    stand(plumpPack('#6ab4ea', { print: baby, accent: '#ffffff' }), 42, 79, 60),
    stand(nappy, 71, 84, 34),
  ),
  '婴儿湿巾 80抽×5': card(
    'H',
    stand(babyWipes, 46, 58, 50),
    stand(babyWipes, 53, 69, 52),
    stand(babyWipes, 49, 81, 56),
  ),
  '儿童米粉 225g': card(
    'H',
    stand(tin('#f6b84a', { print: emoji('1f37c'), accent: '#fff6dc', lid: '#ffffff' }), 42, 79, 56),
    stand(bowl('#fbf1d8', '', '#ffe9ee'), 71, 83, 34),
  ),
  '中性笔 12支': card(
    'H',
    stand(
      box('#dfe6f2', { print: home.pen(pens[1]), accent: '#2f5fd0', width: 50, height: 64, printSize: 0.7 }),
      38,
      78,
      54,
    ),
    ...pens.map((colour, i) => stand(home.pen(colour), 60 + i * 9, 81 + i, 56, { turn: 4 + i * 4 })),
  ),
  '作业本 10本': card(
    'H',
    stand(home.exerciseBook('#f0a848'), 35, 76, 50, { turn: -10 }),
    stand(home.exerciseBook('#5a9ad8'), 62, 77, 50, { turn: 9 }),
    stand(home.exerciseBook('#6ab46a'), 49, 81, 54),
  ),
}
