import { art, at, emoji } from './art.ts'
import { punnet } from './bags.ts'
import type { Recipe } from './compose.ts'
import * as fruit from './draw-fruit.ts'
import { card, five, one, stand, trio } from './layouts.ts'

const sugarMandarin = fruit.mandarin('#f07a1c')
const ugliMandarin = fruit.mandarin('#f59a24')

/** Fruit. */
export const fruitCards: Record<string, Recipe> = {
  '内丘苹果 约1kg': trio('G', emoji('1f34e'), 44),
  '威县西瓜 约4kg': card(
    'G',
    stand(fruit.watermelon, 43, 77, 60),
    stand(emoji('1f349'), 71, 82, 30, { turn: 8 }),
  ),
  '宁晋鸭梨 约1.5kg': trio('G', fruit.snowPear, 44),
  '香蕉 约1kg': one('G', fruit.bananas, 62),
  '砂糖橘 约1.5kg': five('G', sugarMandarin, 32),
  '巨峰葡萄 500g': one('G', emoji('1f347', 'hue-rotate(12deg) brightness(.72)'), 62),
  '猕猴桃 6枚': trio('G', emoji('1f95d'), 40),
  '柠檬 2枚': card(
    'G',
    stand(emoji('1f34b'), 37, 72, 46, { turn: -8 }),
    stand(emoji('1f34b'), 62, 79, 48, { turn: 10 }),
  ),
  '火龙果 约500g': card(
    'G',
    stand(fruit.dragonFruit, 42, 78, 58, { turn: -5 }),
    stand(fruit.dragonFruitHalf, 70, 81, 34, { turn: 8 }),
  ),
  '草莓 300g': card(
    'G',
    stand(
      punnet(
        fruit.pile(fruit.strawberry, 33, [
          [36, [26, 50, 74]],
          [48, [21, 40, 60, 79]],
          [64, [31, 50, 69]],
        ]),
      ),
      50,
      77,
      66,
    ),
  ),
  '圣女果 500g': card(
    'G',
    stand(
      punnet(
        fruit.pile(fruit.cherryTomato, 29, [
          [33, [24, 50, 76]],
          [46, [20, 40, 60, 80]],
          [64, [28, 50, 72]],
        ]),
      ),
      50,
      77,
      66,
    ),
  ),
  '哈密瓜 约2kg': card(
    'G',
    stand(fruit.hamiMelon, 44, 71, 62, { turn: -4 }),
    stand(fruit.melonSlice, 66, 82, 42, { turn: -3 }),
  ),
  '蓝莓 125g': card(
    'G',
    stand(
      punnet(
        fruit.pile(fruit.blueberry, 18, [
          [27, [20, 35, 50, 65, 80]],
          [39, [16, 30, 44, 57, 71, 84]],
          [51, [19, 34, 50, 66, 81]],
          [64, [24, 41, 58, 76]],
        ]),
      ),
      50,
      77,
      62,
    ),
  ),
  '信都板栗 500g': five('G', fruit.roastedChestnut, 32),
  '沃柑 约1kg': card(
    'G',
    stand(ugliMandarin, 36, 68, 42, { turn: -6 }),
    stand(ugliMandarin, 62, 70, 42, { turn: 8 }),
    stand(art(64, 64, at(fruit.citrusHalf('#f39a22', '#ffa63a'), { x: 32, y: 64, size: 64 })), 50, 82, 30),
  ),
}
