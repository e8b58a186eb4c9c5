import { at, art, emoji, type Art } from './art.ts'
import { pouch } from './bags.ts'
import { glassBottle, petBottle } from './bottles.ts'
import { box, can, caseBox } from './boxes.ts'
import type { Recipe } from './compose.ts'
import * as drink from './draw-drinks.ts'
import { sachet } from './draw-snacks.ts'
import { leafMark } from './draw-vegetables.ts'
import { card, stand, withContent } from './layouts.ts'

const water = petBottle('#bfe4f6', { cap: '#2f7fd0', label: '#2f8fe0', print: emoji('1f4a7') })
const soda = petBottle('#d3f0ea', { cap: '#2fb08a', label: '#36b496', print: emoji('1fae7') })
const herbalCan = can('#b5241c', { print: drink.herbMark, accent: '#f0c03a' })
const almondCan = can('#2f7fc0', { print: drink.almondMark, accent: '#ffffff', printSize: 32 })
const beer = glassBottle('#2a6b34', {
  cap: '#e0b23a',
  label: '#f6f1dc',
  print: emoji('1f37a'),
  printSize: 22,
  width: 36,
  neck: 11,
  shoulder: 46,
  band: '#2a6b34',
})
const sixCans = (one: Art): Art =>
  art(
    150,
    104,
    [33, 76, 119].map((x) => at(one, { x, y: 88, size: 78 })).join(''),
    [27, 75, 123].map((x) => at(one, { x, y: 103, size: 84 })).join(''),
  )

/** Drinks and spirits. */
export const drinkCards: Record<string, Recipe> = {
  '饮用水 550ml×24': card('B', stand(drink.shrinkPack(water, '#4aa3e6'), 50, 80, 70)),
  '苏打水 400ml×15': card('B', stand(drink.shrinkPack(soda, '#3fbf9c'), 50, 80, 70)),
  '绿茶饮料 500ml': card(
    'B',
    stand(petBottle('#b9cf4a', { cap: '#3f8f3a', label: '#4fa03e', print: leafMark }), 43, 81, 66),
    stand(leafMark, 66, 80, 20, { turn: 12 }),
  ),
  '冰红茶 1L': card(
    'B',
    stand(
      petBottle('#b5602a', {
        cap: '#f0c030',
        label: '#f2c230',
        print: emoji('1f34b'),
        printSize: 24,
        wide: 1.1,
      }),
      42,
      81,
      66,
    ),
    stand(emoji('1f34b'), 68, 82, 24),
    stand(emoji('1f9ca'), 58, 85, 16),
  ),
  '橙汁 1L': card(
    'B',
    stand(
      petBottle('#f79a2a', {
        cap: '#f26a1e',
        label: '#fff3dc',
        print: emoji('1f34a'),
        printSize: 26,
        wide: 1.14,
      }),
      42,
      81,
      66,
    ),
    stand(emoji('1f34a'), 69, 83, 30),
  ),
  '可乐 2L': card(
    'B',
    stand(
      petBottle('#3a1a14', {
        cap: '#c8242a',
        label: '#d32a2e',
        print: emoji('1fae7'),
        printSize: 24,
        wide: 1.2,
      }),
      43,
      81,
      68,
    ),
    stand(emoji('1f964', 'hue-rotate(6deg)'), 69, 83, 34),
  ),
  '功能饮料 250ml': card(
    'B',
    stand(can('#d8a52a', { print: emoji('26a1'), accent: '#c8301f', printSize: 30 }), 50, 80, 58),
  ),
  '凉茶 310ml×6': card('B', stand(sixCans(herbalCan), 50, 80, 70)),
  '杏仁露 240ml×12': card(
    'B',
    stand(caseBox('#2f7fc0', { print: drink.almondMark, accent: '#ffffff' }), 43, 77, 58),
    stand(almondCan, 75, 82, 36),
  ),
  '茉莉花茶 250g': withContent(
    'B',
    pouch('#2f7a55', { print: drink.jasmine, accent: '#f4fbee' }),
    drink.teaLeaves,
    62,
    38,
  ),
  '速溶咖啡 1.8g×20': card(
    'B',
    stand(box('#4a2a20', { print: emoji('2615'), accent: '#e8c08a', width: 62, height: 60 }), 42, 77, 56),
    stand(sachet('#4a2a20'), 70, 80, 34, { turn: 10 }),
    stand(sachet('#8a5230'), 78, 83, 34, { turn: 14 }),
  ),
  '啤酒 500ml×12': card(
    'B',
    stand(beer, 33, 74, 58),
    stand(beer, 50, 77, 60),
    stand(beer, 67, 74, 58),
    stand(emoji('1f37a'), 78, 84, 28),
  ),
  '白酒 42度500ml': card(
    'B',
    stand(drink.porcelainBottle, 43, 81, 66),
    stand(drink.spiritCup('#e6eef6'), 67, 83, 20),
  ),
  '红酒 750ml': card(
    'B',
    stand(
      glassBottle('#3a0f24', {
        cap: '#7a1a34',
        label: '#fbf4e4',
        print: emoji('1f347', 'hue-rotate(12deg) brightness(.72)'),
        width: 36,
        neck: 11,
        shoulder: 44,
      }),
      40,
      81,
      68,
    ),
    stand(emoji('1f377'), 66, 83, 36),
  ),
  '枸杞酒 500ml': card(
    'B',
    stand(drink.gojiFlask, 44, 81, 64),
    stand(drink.spiritCup('#f0a868'), 69, 83, 22),
  ),
}
