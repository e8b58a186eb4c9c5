/**
 * Cards: the plastic cards of the time before, and whose they are now.
 *
 * Owns plastic_card and card_binding. Promises that a card is one member's at a time, that its points and growth come with a binding once and go with
 * it again, that nobody learns whose a card is by guessing numbers, and that names and phones of the old books are sealed at rest.
 * Tells nobody anything: points it brings are the ledger's, growth is the tiers'.
 */
import type { Ctx } from '#kernel/ctx'
import { createGuesses } from '#kernel/guesses'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { cardLocked, cardMissing, cardUnmatched } from './problems.ts'
import type { CardsDeps, Room } from './room.ts'
import { mountConsole, mountFloor, mountShopper } from './routes.ts'
import { createSealing } from './sealing.ts'

export interface Cards {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createCards(ctx: Ctx, deps: CardsDeps): Cards {
  const wrong = [cardUnmatched, cardMissing].map(({ code }) => code.replace('cards.', ''))
  const guesses = createGuesses(ctx, { kind: 'old_card', wrong, locked: cardLocked })
  const room: Room = { ...deps, ctx, sealing: createSealing(ctx.secrets), guesses }
  return {
    routes(http) {
      mountShopper(http, room)
      mountFloor(http, room)
      mountConsole(http, room)
    },
    sweeps: [{ name: 'cards.tries', seconds: 3600, run: () => guesses.forget() }],
  }
}
