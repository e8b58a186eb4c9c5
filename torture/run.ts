import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ACTIONS } from './actions/index.ts'
import { takeCensus } from './census.ts'
import { openChain } from './chain.ts'
import { readDesks } from './desks.ts'
import { createDice, type Dice } from './dice.ts'
import { drain } from './drain.ts'
import { createWeather } from './faults.ts'
import { createHappenings, type Happening } from './happenings.ts'
import { furnish } from './furnish.ts'
import { type Keepsake, remember } from './invariants/append-only.ts'
import { type Evidence, gather } from './invariants/evidence.ts'
import { broken } from './invariants/index.ts'
import type { Postgres } from './postgres.ts'
import { openReader, type Reader } from './query.ts'
import { openReceiver } from './receiver.ts'
import { count, createSightings } from './sightings.ts'
import { openTown, type Town } from './town.ts'

/** Steps of one round run side by side. */
const SIDE_BY_SIDE = 8
const TRIES_TO_CHOOSE = 8
const FEWEST_ROUNDS_APART = 1
const MOST_ROUNDS_APART = 3

export interface Options {
  seed: number
  /** How long faults and people rage, whichever ends first; the drain comes on top. */
  seconds: number
  rounds?: number
  folder: string
  say(line: string): void
}
/** What one seed did, and what was wrong then. */
export interface Outcome {
  seed: number
  steps: number
  rounds: number
  seconds: number
  violations: string[]
  actions: ReadonlyMap<string, number>
  calls: ReadonlyMap<string, number>
  refusals: ReadonlyMap<string, number>
  faults: ReadonlyMap<string, number>
  happenings: ReadonlyMap<string, number>
  /** What is in the books at the end, by kind. */
  census: ReadonlyMap<string, number>
  /** What happened to everybody, by round: with the seed, the plan. */
  plan: readonly string[]
}

/** Lives through one seed. `look` sees the evidence before everything is taken down. */
export async function runSeed(
  postgres: Postgres,
  options: Options,
  look: (evidence: Evidence) => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  const { seed, folder } = options
  const began = performance.now()
  const seedFolder = path.join(folder, `seed-${seed}`)
  const chain = await openChain(postgres, seedFolder, `torture_${seed}`)
  const reader = openReader(chain.databaseUrl)
  const receiver = await openReceiver(createDice(`receiver ${seed}`))
  try {
    const sightings = createSightings(chain.downs)
    const town = openTown(chain, sightings, receiver)
    const dice = createDice(`torture ${seed}`)
    await furnish(town, dice.fork('furnish'))
    const raging = await rage(town, reader, dice, options)
    const left = await drain(town, dice.fork('drain'), reader.query)
    const desks = await readDesks(town, dice.fork('desks'), reader.query)
    const { promises, receipts, erp } = town
    const told = { promises, receipts, erp, received: receiver.taken }
    const evidence = await gather(chain, reader, { ...desks, ...told, keepsakes: raging.keepsakes })
    const seen = [...sightings.violations, ...chain.faults, ...receiver.violations]
    const violations = [...seen, ...left, ...(await broken(evidence))]
    const census = await takeCensus(reader.query)
    await look(evidence)
    if (violations.length > 0)
      writeFileSync(path.join(seedFolder, 'violations.txt'), `${violations.join('\n')}\n`)
    const took = (performance.now() - began) / 1000
    return { ...sightings, ...raging, census, seed, seconds: took, violations }
  } finally {
    await reader.close()
    await chain.close()
    receiver.close()
  }
}

/** People and faults, round after round, until the time is up. */
async function rage(town: Town, reader: Reader, dice: Dice, { seconds, rounds = Infinity, say }: Options) {
  const { chain, sightings } = town
  const weather = createWeather(chain)
  const world = dice.fork('world')
  const end = performance.now() + seconds * 1000
  const next = createHappenings({ chain, weather, afterAnswers: sightings.afterAnswers }, world)
  const plan: string[] = []
  const happenings = new Map<string, number>()
  const keepsakes: Keepsake[] = []
  const comingBack: { round: number; run: () => Promise<void> }[] = []
  let steps = 0
  let round = 0
  let nextAt = 1
  for (; performance.now() < end && round < rounds; round++) {
    const back = comingBack.filter((each) => each.round === round)
    const deeds = Array.from({ length: SIDE_BY_SIDE }, (_, i) => choose(town, dice.fork(`${round} ${i}`)))
    steps += deeds.length
    const happening = round === nextAt ? next() : undefined
    if (happening) {
      nextAt += world.between(FEWEST_ROUNDS_APART, MOST_ROUNDS_APART)
      plan.push(`round ${round}: ${happening.words}`)
      say(`    ${plan.at(-1)}`)
      count(happenings, happening.words.replaceAll(/ after .*| \d+$/g, ''))
      if (happening.later)
        comingBack.push({ round: round + happening.later.rounds, run: happening.later.run })
    }
    await Promise.all([live(deeds, happening, sightings.release), ...back.map(({ run }) => run())])
    if (happening) keepsakes.push(await remember(reader.query))
  }
  for (const back of comingBack) if (back.round >= round) await back.run()
  await weather.clear()
  return { steps, rounds: round, plan, happenings, keepsakes, faults: weather.struck }
}

async function live(
  deeds: readonly (() => Promise<void>)[],
  happening: Happening | undefined,
  release: () => void,
) {
  const round = Promise.all(deeds.map((deed) => deed())).finally(release)
  await Promise.all([round, happening?.run()])
}

/** What one of the many does this round: the first of a few ideas that can be done at all. */
function choose(town: Town, dice: Dice): () => Promise<void> {
  const weights = Object.fromEntries(ACTIONS.map(({ name, weight }) => [name, weight]))
  for (let tries = 0; tries < TRIES_TO_CHOOSE; tries++) {
    const name = dice.weigh(weights)
    const deed = ACTIONS.find((action) => action.name === name)?.choose(town, dice.fork(tries))
    if (!deed) continue
    return async () => {
      count(town.sightings.actions, name)
      await deed()
    }
  }
  return () => Promise.resolve()
}
