import type { Dice } from '../dice.ts'
import type { Town } from '../town.ts'

/** Something that somebody does. Add one to the list in index.ts, and it takes part. */
export interface Action {
  name: string
  /** How often, beside the others. */
  weight: number
  /**
   * Chooses by these dice alone whom it is about; undefined when there is nobody. What is answered then runs beside others.
   * The dice are this one step's own, so they may be thrown in it too.
   */
  choose(town: Town, dice: Dice): (() => Promise<void>) | undefined
}
