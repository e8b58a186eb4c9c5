import { drinkCards } from './cards-b.ts'
import { careCards } from './cards-c.ts'
import { dairyCards } from './cards-d.ts'
import { frozenCards } from './cards-f.ts'
import { fruitCards } from './cards-g.ts'
import { homeCards } from './cards-h.ts'
import { stapleCards } from './cards-l.ts'
import { meatCards } from './cards-m.ts'
import { snackCards } from './cards-s.ts'
import { vegetableCards } from './cards-v.ts'
import type { Recipe } from './compose.ts'

/** The picture of every product, by its name. */
export const CARDS: Readonly<Record<string, Recipe>> = {
  ...vegetableCards,
  ...fruitCards,
  ...meatCards,
  ...dairyCards,
  ...stapleCards,
  ...snackCards,
  ...drinkCards,
  ...frozenCards,
  ...careCards,
  ...homeCards,
}

export function cardOf(productName: string): Recipe {
  const recipe = CARDS[productName]
  if (recipe === undefined) throw new Error(`no picture for ${productName}`)
  return recipe
}
