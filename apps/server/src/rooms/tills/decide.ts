import type { Decision } from '#kernel/desk'
import type { Answer, Command } from './commands.ts'
import { redeem, reserve, reverse } from './decide-benefits.ts'
import { record, redeemByStaff, takeBack } from './decide-sales.ts'
import { type Fold, noWrites, type View, type Writes } from './view.ts'

function decideOne(fold: Fold, command: Command): Answer {
  switch (command.verb) {
    case 'reserve':
      return reserve(fold, command)
    case 'redeem':
      return redeem(fold, command)
    case 'reverse':
      return reverse(fold, command)
    case 'record':
      return record(fold, command)
    case 'take_back':
      return takeBack(fold, command)
    case 'redeem_by_staff':
      return redeemByStaff(fold, command)
  }
}

/** Folds the commands, first come first served, over a working copy of the locked rows. Pure. */
export function decide(view: View, commands: readonly Command[]): Decision<Answer, Writes> {
  const fold: Fold = { view, writes: noWrites() }
  // A transaction that later commands of the batch change is answered as it was at its turn.
  const answers = commands.map((command) => {
    const answer = decideOne(fold, command)
    return answer.kind === 'sale' ? { ...answer, sale: { ...answer.sale } } : answer
  })
  return { answers, writes: fold.writes.events.length > 0 ? fold.writes : undefined }
}
