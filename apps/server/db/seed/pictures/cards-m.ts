import { at, emoji, type Art } from './art.ts'
import { plate, tray } from './bags.ts'
import type { Recipe } from './compose.ts'
import * as fish from './draw-fish.ts'
import * as meat from './draw-meat.ts'
import { card, five, one, stand } from './layouts.ts'

const onTray = (piece: Art, colour = '#f6f6fa'): Recipe =>
  card('M', stand(tray(colour, at(piece, { x: 50, y: 51, size: 80 })), 50, 77, 72))
const onPlate = (slices: Art): Recipe =>
  card(
    'M',
    stand(plate(), 50, 80, 76),
    stand(slices, 48, 74, 58, { shadow: 0 }),
    stand(meat.parsley, 78, 72, 13, { shadow: 0 }),
  )
const egg = emoji('1f95a')
const nativeEgg = emoji('1f95a', 'saturate(.5) brightness(1.26)')

/** Meat, poultry, eggs, fish. */
export const meatCards: Record<string, Recipe> = {
  '猪前腿肉 约500g': onTray(meat.porkShoulder),
  '猪五花肉 约500g': one('M', meat.porkBelly, 64),
  '排骨 约500g': onTray(meat.spareRibs),
  '牛腱子 约500g': onTray(meat.beefShank, '#3b3640'),
  '羊肉卷 400g': onTray(meat.muttonRolls, '#3b3640'),
  '鸡胸肉 500g': onTray(meat.chickenBreast),
  '鸡翅中 500g': onTray(meat.chickenWings),
  '鲜鸡蛋 30枚': card('M', stand(meat.eggBoard(egg), 50, 77, 74)),
  '土鸡蛋 10枚': five('M', nativeEgg, 32),
  '咸鸭蛋 6枚': card(
    'M',
    stand(meat.duckEgg, 33, 71, 40, { turn: -10 }),
    stand(meat.duckEgg, 58, 70, 42, { turn: 8 }),
    stand(meat.duckEggCut, 60, 82, 34),
  ),
  '鲫鱼 约400g': one('M', fish.crucianCarp, 70, -5),
  '带鱼段 500g': onTray(fish.hairtailPieces, '#4a78b8'),
  '青虾仁 250g': onTray(fish.prawns, '#3f7fb4'),
  '驴肉 熟食 250g': onPlate(meat.slicedMeat('#7a3a2c', '#b05a44', '#f0c0a4')),
  '熏肉 熟食 300g': onPlate(meat.slicedMeat('#6b2f1e', '#c9705a', '#e8a888', '#fbe6cf')),
}
