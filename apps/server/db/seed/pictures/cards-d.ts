import { at, emoji } from './art.ts'
import { softPack, tray } from './bags.ts'
import { petBottle } from './bottles.ts'
import { brick, caseBox, gableCarton } from './boxes.ts'
import type { Recipe } from './compose.ts'
import * as bake from './draw-bakery.ts'
import { card, five, one, stand } from './layouts.ts'

const milk = emoji('1f95b')

/** Dairy, chilled food, bakery. */
export const dairyCards: Record<string, Recipe> = {
  '纯牛奶 250ml×12': card(
    'D',
    stand(caseBox('#3f7fd0', { print: emoji('1f404'), accent: '#ffffff' }), 44, 78, 62),
    stand(brick('#3f7fd0', { print: emoji('1f404') }), 75, 82, 32),
  ),
  '鲜牛奶 950ml': card(
    'D',
    stand(gableCarton('#2f8fd8', { print: emoji('1f42e') }), 40, 80, 64),
    stand(milk, 68, 82, 34),
  ),
  '原味酸奶 100g×8': one('D', bake.yoghurtCups('#8fc4f0', emoji('1f95b')), 70),
  '儿童高钙奶 190ml×12': card(
    'D',
    stand(caseBox('#f2b632', { print: emoji('1f43b'), accent: '#fff6dc' }), 44, 78, 62),
    stand(brick('#f2b632', { print: emoji('1f43b') }), 75, 82, 32),
  ),
  '黄油 200g': one('D', emoji('1f9c8'), 62),
  '奶酪片 10片': card(
    'D',
    stand(softPack('#f6c23c', { print: emoji('1f9c0'), accent: '#fff1c4' }), 46, 66, 56),
    stand(bake.cheeseSlices, 58, 82, 44),
  ),
  '北豆腐 400g': card(
    'D',
    stand(
      tray('#eef2f8', at(bake.slab('#ffffff', '#f4efe4', '#d9d2c4'), { x: 50, y: 52, size: 62 })),
      50,
      77,
      68,
    ),
  ),
  '豆腐丝 300g': card(
    'D',
    stand(tray('#eef2f8', at(bake.strips('#d9b98a', 3), { x: 50, y: 52, size: 86 })), 50, 77, 70),
  ),
  '吐司面包 400g': one('D', emoji('1f35e'), 60),
  '手撕面包 6枚': one('D', bake.pullBread, 66),
  '蛋黄酥 6枚': one('D', bake.yolkPastries, 66),
  '老式蛋糕 500g': five('D', bake.spongeCake, 32),
  '馒头 6个': five('D', bake.mantou, 32),
  '广宗薄饼 400g': one('D', bake.flatbreads('#fbeccb', '#b97a3c', 5), 68),
  '鲜豆浆 1L': card(
    'D',
    stand(petBottle('#f6ead0', { cap: '#5aa845', label: '#6db24f', print: emoji('1fadb') }), 38, 80, 64),
    stand(bake.glassOf('#f8ecd2'), 64, 81, 32),
    stand(bake.soybeanHeap, 76, 84, 20),
  ),
}
