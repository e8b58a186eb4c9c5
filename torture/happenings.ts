import { dayAfter, businessDay, instantOf } from '../apps/server/src/kernel/clock.ts'
import type { Chain } from './chain.ts'
import type { Dice } from './dice.ts'
import type { Weather } from './faults.ts'
import { mayKillPostgres } from './postgres.ts'

/** What befalls everybody at once. */
export interface Happening {
  words: string
  /** Runs beside the steps of its round. */
  run(): Promise<void>
  /** Runs before the round so many rounds later: what was dead comes back. */
  later?: { rounds: number; run: () => Promise<void> }
}

const JUMPS = [20, 61, 61, 300, 960, 3600, 8 * 3600, 49 * 3600]
const BILL_ROUTES = ['tradebill', 'fundflowbill', 'bill-download']

/** What may happen, each as often in a turn of them as it stands here. */
const KINDS = [
  ...Array.from({ length: 5 }, () => 'faults' as const),
  ...Array.from({ length: 3 }, () => 'jump' as const),
  'calm',
  'morning',
  'server',
  'server',
  ...(mayKillPostgres ? (['postgres', 'session'] as const) : []),
] as const
type Kind = (typeof KINDS)[number]
/** So many happenings, and each kind was there. */
export const TURN = KINDS.length

export interface Stage {
  chain: Chain
  weather: Weather
  /** Waits until so many callers have been answered: a moment told by steps, not by the clock. */
  afterAnswers(answers: number): Promise<void>
}

/** What happens next, and next after that: turn after turn, each in another order. */
export function createHappenings(stage: Stage, dice: Dice): () => Happening {
  let turn: Kind[] = []
  let number = 0
  return () => {
    if (turn.length === 0) turn = dice.some(KINDS, TURN)
    const kind = turn.pop() ?? 'calm'
    return HAPPENINGS[kind](stage, dice.fork((number += 1)))
  }
}

const HAPPENINGS: Readonly<Record<Kind, (stage: Stage, dice: Dice) => Happening>> = {
  faults: ({ weather }, dice) => ({
    words: 'other faults',
    run: async () => void (await weather.change(dice)),
  }),
  calm: ({ weather }) => ({ words: 'no faults', run: () => weather.clear() }),
  jump: ({ chain }, dice) => {
    const seconds = dice.pick(JUMPS) ?? 61
    return { words: `${seconds} s pass`, run: () => pass(chain, seconds) }
  },
  morning: ({ chain, weather }, dice) => ({
    words: 'the next morning, with bills',
    run: () => morning(chain, weather, dice),
  }),
  server: ({ chain, afterAnswers }, dice) => {
    const [index, answers] = [dice.int(chain.origins().length), dice.int(6)]
    return {
      words: `kill -9 of server ${index + 1} after ${answers} answers`,
      run: () => afterAnswers(answers).then(() => chain.killServer(index)),
      later: { rounds: dice.between(1, 3), run: () => chain.startServer(index) },
    }
  },
  postgres: ({ chain, afterAnswers }, dice) => {
    const answers = dice.int(6)
    return {
      words: `kill -9 of PostgreSQL after ${answers} answers`,
      async run() {
        await afterAnswers(answers)
        await chain.killPostgres()
        await chain.startPostgres()
      },
    }
  },
  session: ({ chain, afterAnswers }, dice) => {
    const answers = dice.int(6)
    return {
      words: `kill -9 of a session of PostgreSQL after ${answers} answers`,
      run: () => afterAnswers(answers).then(() => chain.killSession()),
    }
  },
}

async function pass(chain: Chain, seconds: number): Promise<void> {
  await chain.jump(seconds)
  await chain.sweep()
}

/** Five past ten of the next day: bills are fetched, and they may be bad ones. */
async function morning(chain: Chain, weather: Weather, dice: Dice): Promise<void> {
  await weather.change(dice, BILL_ROUTES)
  const seconds = Math.ceil(
    (instantOf(dayAfter(businessDay(chain.now()), 1), '10:06').getTime() - chain.now().getTime()) / 1000,
  )
  await pass(chain, seconds)
}
