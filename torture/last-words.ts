import { send, tellEvents } from './actions/erp.ts'
import type { Dice } from './dice.ts'
import { COUNTED } from './erp.ts'
import { tell } from './receipts.ts'
import type { Town } from './town.ts'

const AT_ONCE = 20
const DAY = 86_400
/** A message that did not arrive is tried again, and what was collected waits for its after-sales term. */
const DAYS = 2

/**
 * What systems of others had still to say, once nothing is in their way: every receipt, every event, every list, and one last change of everything that is
 * counted, so that the stock is worked out once more. Then everybody is told. Answers what did not get through.
 */
export async function tellTheRest(town: Town, dice: Dice): Promise<string[]> {
  const { chain, receipts, erp } = town
  const untold = receipts.filter(({ isTold }) => !isTold)
  for (const [i, receipt] of untold.entries()) await tell(town, dice.fork(i), [receipt])
  await chain.sweep()
  if (erp) {
    for (const list of erp.lists) if (!list.isClosed) await send(town, dice.fork(list.key), list)
    await chain.sweep()
    for (const goods of COUNTED)
      erp.events.push({ seq: erp.events.length + 1, at: chain.now().toISOString(), goods, change: 1 })
    for (let i = 0; i < erp.events.length; i += AT_ONCE)
      await tellEvents(town, dice.fork(`events ${i}`), erp.events.slice(i, i + AT_ONCE))
  }
  for (let day = 0; day < DAYS; day++) {
    await chain.sweep()
    await chain.jump(DAY)
  }
  await chain.sweep()
  return [
    ...receipts
      .filter(({ isTold }) => !isTold)
      .map(({ content }) => `receipt ${content.posTxnId} was never taken`),
    ...(erp?.lists ?? []).filter(({ isClosed }) => !isClosed).map(({ key }) => `list ${key} was never taken`),
  ]
}
