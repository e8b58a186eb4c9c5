import type { Ctx } from '#kernel/ctx'
import { createGuesses } from '#kernel/guesses'
import { type ProblemKind, refuse } from '#kernel/problem'
import { createShuffle } from '#kernel/shuffle'
import { type CardKeys } from './card-keys.ts'
import {
  CARD_SPACE,
  cardToken,
  type CardVerdict,
  digitsOf,
  judgeCode,
  judgeToken,
  type Mac,
  readCard,
  windowEnd,
} from './card.ts'
import * as sql from './members.sql.ts'
import { blocked, cardAmbiguous, cardExpired, cardForged, cardLocked, cardUnknown } from './problems.ts'

/** What somebody shows or says to be known: the bar code or QR of their card, or the end of their phone number and the six digits below the bars. */
export type CardShown = { cardCode: string } | { phoneTail: string; code: string }
export interface CardAsker {
  /** In whose hands it was read: `staff:<id>`, or a partner's till. Guessing locks the asker. */
  device: string
  storeId: string | null
  /** When it was read, for a QR that a till read while it was offline; now, unless said. Codes that only we can check are judged as of now. */
  at?: Date
}
export interface CardFace {
  digits: string
  code: string
  qr: string
  validUntil: Date
  now: Date
}

/** So many members may share four digits before a spoken code is not looked for among them any more. */
const MOST_BY_TAIL = 2000
const REFUSAL: Readonly<Record<Exclude<CardVerdict, 'fits'>, ProblemKind>> = {
  expired: cardExpired,
  ahead: cardExpired,
  forged: cardForged,
}
type Found = { memberId: string } | { refusal: ProblemKind }

/** Member cards: what they show, and who stands before a till. */
export function createIdentifying(
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  keys: Pick<CardKeys, 'signing' | 'list'>,
) {
  const { db, clock, secrets } = ctx
  const mac: Mac = (text) => secrets.hash(text)
  const numbers = createShuffle(secrets.hash('card numbers'), CARD_SPACE)
  const outcomeOf = ({ code }: ProblemKind): string => code.replace('members.', '')
  const wrong = [cardUnknown, cardForged, cardExpired].map(outcomeOf)
  const guesses = createGuesses(ctx, { kind: 'card', wrong, locked: cardLocked })
  const numberOf = ({ serial }: sql.CardHolder): string => String(numbers.hide(serial)).padStart(8, '0')

  const admitted = (holder: sql.CardHolder | undefined, verdict: CardVerdict): Found => {
    if (!holder) return { refusal: cardUnknown }
    if (verdict !== 'fits') return { refusal: REFUSAL[verdict] }
    return holder.blocked ? { refusal: blocked } : { memberId: holder.id }
  }

  async function byCard(cardCode: string, at: Date): Promise<Found> {
    const card = readCard(cardCode)
    if (!card) return { refusal: cardUnknown }
    if (card.kind === 'digits') {
      const holder = await sql.findBySerial(db, numbers.reveal(Number(card.number)))
      return admitted(holder, judgeCode(mac, card.number, card.code, clock.now()))
    }
    const { verdict, memberId } = judgeToken(card.text, keys.list(), at)
    if (memberId === null) return { refusal: cardForged }
    return admitted(await sql.findHolder(db, memberId), verdict)
  }

  async function bySpoken(phoneTail: string, code: string): Promise<Found> {
    const now = clock.now()
    const holders = await sql.listHoldersByTail(db, phoneTail, MOST_BY_TAIL)
    const judged = holders.map((holder) => ({ holder, verdict: judgeCode(mac, numberOf(holder), code, now) }))
    const fitting = judged.filter(({ verdict }) => verdict === 'fits')
    const [only] = fitting
    if (fitting.length > 1) return { refusal: cardAmbiguous }
    if (only) return admitted(only.holder, 'fits')
    // Told only where it helps: a wrong code beside somebody's number says nothing of whether the number is known.
    return { refusal: judged.some(({ verdict }) => verdict === 'expired') ? cardExpired : cardUnknown }
  }

  return {
    async face(memberId: string): Promise<CardFace> {
      const holder = (await sql.findHolder(db, memberId)) ?? refuse(cardUnknown)
      const now = clock.now()
      return {
        ...digitsOf(mac, numbers.hide(holder.serial), now),
        qr: cardToken(keys.signing(), memberId, now),
        validUntil: windowEnd(now),
        now,
      }
    },
    async identify(shown: CardShown, { device, storeId, at = clock.now() }: CardAsker): Promise<string> {
      const tryId = await guesses.begin(device, storeId)
      const found =
        'cardCode' in shown ? await byCard(shown.cardCode, at) : await bySpoken(shown.phoneTail, shown.code)
      if ('refusal' in found) {
        await guesses.note(tryId, outcomeOf(found.refusal))
        return refuse(found.refusal)
      }
      await guesses.note(tryId, 'found')
      return found.memberId
    },
    forget: () => guesses.forget(),
  }
}
export type Identifying = ReturnType<typeof createIdentifying>
