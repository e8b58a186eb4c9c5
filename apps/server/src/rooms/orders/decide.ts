import type { Decision } from '#kernel/desk'
import type { Answer, Command } from './commands.ts'
import { cancel, handOver, makeReady } from './decide-goods.ts'
import { gather } from './decide-gather.ts'
import { giveBack, settleRefund } from './decide-money.ts'
import { pay } from './decide-pay.ts'
import { take } from './decide-take.ts'
import { place } from './decide-place.ts'
import { arrive } from './decide-presale.ts'
import { weigh } from './decide-weigh.ts'
import { reportsOf } from './reports.ts'
import { type Fold, isEmpty, noWrites, type View, type Writes } from './view.ts'

function decideOne(fold: Fold, command: Command): Answer {
  switch (command.verb) {
    case 'place':
      return place(fold, command)
    case 'cancel':
      return cancel(fold, command)
    case 'arrive':
      return arrive(fold, command)
    case 'pay':
      return pay(fold, command)
    case 'take':
      return take(fold, command)
    case 'gather':
      return gather(fold, command)
    case 'ready':
      return makeReady(fold, command)
    case 'weigh':
      return weigh(fold, command)
    case 'hand_over':
      return handOver(fold, command)
    case 'refund':
      return giveBack(fold, command)
    case 'settle_refund':
      return settleRefund(fold, command)
  }
}

/** Folds the commands, first come first served, over a working copy of the locked rows. Pure: a batch decides as its commands would one by one. */
export function decide(view: View, commands: readonly Command[]): Decision<Answer, Writes> {
  const fold: Fold = { view, writes: noWrites() }
  const answers = commands.map((command) => decideOne(fold, command))
  fold.writes.reports = reportsOf(fold)
  return { answers, writes: isEmpty(fold.writes) ? undefined : fold.writes }
}
