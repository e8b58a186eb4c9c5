import type { Dice } from '../dice.ts'
import type { PartnerApi } from '@linli/partner-client'
import type { Partner } from '../partners.ts'
import { answerOf, valueOf } from '../people.ts'
import { basket, paid, print, type Receipt, type Sale, tell } from '../receipts.ts'
import { STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

/** One sale at a till of somebody else's. */
interface Till {
  town: Town
  dice: Dice
  partner: Partner
  storeId: string
  posTxnId: string
}

/** Whoever stands at the till shows the card, mostly as bars; what the till may call them by then. */
async function identified({ town, dice, partner, storeId }: Till): Promise<string | undefined> {
  const shopper = dice.pick(town.shoppers)
  const card = shopper && valueOf(await answerOf(shopper.with(dice)('GET /v1/me/card')))
  if (!card) return undefined
  const shown = { cardCode: dice.chance(0.7) ? card.digits : card.qr }
  const body = { storeId, terminal: `T${dice.between(1, 3)}`, shown }
  const told = await answerOf(partner.with(dice)('POST /partner/v1/till/members', { body }))
  return valueOf(told)?.memberRef
}

interface Reserved {
  payFen: number
  discountFen: number
  lines: { payFen: number }[]
}
/** Asks what coupons and points would do, and sets them aside; the same wish, sent twice, has the same answer. */
async function reserved(till: Till, memberRef: string, lines: Sale['lines']): Promise<Reserved | undefined> {
  const { town, dice, partner, storeId, posTxnId } = till
  const api = partner.with(dice)
  const rung = lines.map(({ barcode, name, quantity, unitFen }) => ({ barcode, name, quantity, unitFen }))
  const asked = { memberRef, storeId, lines: rung }
  const points = dice.chance(0.5) ? { usePoints: dice.between(1, 300) } : {}
  const body = { ...asked, ...points, bestCoupons: true }
  const quote = valueOf(await answerOf(api('POST /partner/v1/till/quotes', { body })))
  if (!quote) return undefined
  const wish = {
    ...asked,
    posTxnId,
    ...(quote.couponIds.length > 0 ? { couponIds: quote.couponIds } : {}),
    ...(quote.pointsUsed > 0 ? { usePoints: quote.pointsUsed } : {}),
  }
  const answers = await inDoubt(dice, () => api('POST /partner/v1/till/reservations', { body: wish }))
  const told = answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value] : []))
  if (new Set(told.map(({ payFen, couponIds }) => JSON.stringify([payFen, couponIds]))).size > 1)
    town.sightings.violations.push(`reservation ${posTxnId} was answered in two ways`)
  return told[0]
}

async function redeem({ town, dice, partner, storeId, posTxnId }: Till): Promise<boolean> {
  const body = { storeId, posTxnId }
  const api = partner.with(dice)
  const answers = await inDoubt(dice, () => api('POST /partner/v1/till/redemptions', { body }))
  const isDone = answers.some(({ kind }) => kind === 'ok')
  if (isDone) town.promises.push({ what: 'redeemed', partnerId: partner.id, key: posTxnId })
  return isDone
}
async function reverse({ town, dice, partner, storeId, posTxnId }: Till): Promise<void> {
  const body = { storeId, posTxnId, reason: '顾客不要了' }
  const api: PartnerApi = partner.with(dice)
  const answers = await inDoubt(dice, () => api('POST /partner/v1/till/reversals', { body }))
  if (answers.some(({ kind }) => kind === 'ok'))
    town.promises.push({ what: 'reversed', partnerId: partner.id, key: posTxnId })
}

/** A whole sale at a till: card, quote, reservation, and then it is paid, given up, or forgotten. The receipt may be told much later. */
export const ringUp: Action = {
  name: 'ring up at a till',
  weight: 8,
  choose(town, dice) {
    const [partner, storeId] = [dice.pick(town.tills), dice.pick(STORES)]
    if (!partner || !storeId) return undefined
    const till: Till = { town, dice, partner, storeId, posTxnId: dice.key('pos') }
    return () => ring(till)
  },
}
async function ring(till: Till): Promise<void> {
  const { town, dice, partner, storeId, posTxnId } = till
  const rung = paid(basket(dice), 0)
  const memberRef = dice.chance(0.7) ? await identified(till) : undefined
  const priced = memberRef && dice.chance(0.8) ? await reserved(till, memberRef, rung) : undefined
  const end = dice.weigh({ pay: 8, redeem: 4, reverse: 2, both: 1, forget: 1 })
  if (priced && (end === 'reverse' || end === 'both')) {
    if (end === 'both') await Promise.all([redeem(till), reverse(till)])
    return reverse(till)
  }
  if (priced && end === 'forget') return
  if (priced && end === 'redeem') await redeem(till)
  const lines = rung.map((line, i) => ({ ...line, payFen: priced?.lines[i]?.payFen ?? line.payFen }))
  const receipt = print(town, {
    partner,
    storeId,
    content: {
      kind: 'sale',
      posTxnId,
      soldAt: town.chain.now().toISOString(),
      lines,
      ...(memberRef ? { memberRef } : {}),
      ...(priced ? { benefitOffFen: priced.discountFen } : {}),
    },
  })
  if (dice.chance(0.6)) await tell(town, dice, [receipt])
}

/** A till tells what it has, new and old, in any order; now and then two of its lines do at the same time. */
export const tellReceipts: Action = {
  name: 'tell receipts',
  weight: 5,
  choose(town, dice) {
    const start = dice.pick(town.receipts.filter(({ isTold }) => !isTold || dice.chance(0.2)))
    if (!start) return undefined
    const mine = town.receipts.filter(
      ({ partner, storeId }) => partner === start.partner && storeId === start.storeId,
    )
    const few = () => [
      start,
      ...dice.some(
        mine.filter((each) => each !== start),
        dice.between(0, 4),
      ),
    ]
    const lines = dice.chance(0.3) ? [few(), few()] : [few()]
    return async () => {
      await Promise.all(lines.map((receipts, i) => tell(town, dice.fork(i), receipts)))
    }
  },
}

/** Somebody brings goods back; the sale may not have been told yet, or is told at this very moment at the other server. */
export const bringBack: Action = {
  name: 'bring back to a till',
  weight: 4,
  choose(town, dice) {
    const sold = dice.pick(town.receipts.filter(({ content }) => content.kind === 'sale').slice(-30))
    if (!sold) return undefined
    const { partner, storeId, content } = sold
    const lines = dice
      .some(content.lines, dice.between(1, content.lines.length))
      .map(({ barcode, name, quantity, unitFen }) => ({
        barcode,
        name,
        unitFen,
        quantity: dice.chance(0.7) ? quantity : dice.between(1, quantity + 1),
        payFen: unitFen,
        resellable: dice.chance(0.5),
      }))
    const posTxnId = dice.key('back')
    const isTogether = dice.chance(0.4)
    return async () => {
      const soldAt = town.chain.now().toISOString()
      const back = print(town, {
        partner,
        storeId,
        content: { kind: 'return', posTxnId, returnOf: content.posTxnId, soldAt, lines },
      })
      await Promise.all([
        tell(town, dice.fork('return'), [back]),
        isTogether ? tell(town, dice.fork('sale'), [sold]) : undefined,
      ])
    }
  },
}

/** What a till without a line knows of coupons: those that take the same off everything. */
const OFFLINE: Readonly<Record<string, { atFen: number; offFen: number }>> = {
  满15减2: { atFen: 1500, offFen: 200 },
  无门槛4元: { atFen: 0, offFen: 400 },
}
/** Without a line a till accepts a coupon by its code, while its holder, or another till, may be using it elsewhere. */
export const acceptOffline: Action = {
  name: 'accept a coupon without a line',
  weight: 4,
  choose(town, dice) {
    const [shopper, storeId] = [dice.pick(town.shoppers), dice.pick(STORES)]
    const tills = dice.some(town.tills, dice.chance(0.25) ? 2 : 1)
    if (!shopper || !storeId || tills.length === 0) return undefined
    const keys = tills.map(() => dice.key('off'))
    return async () => {
      const api = shopper.with(dice)
      const mine = valueOf(await answerOf(api('GET /v1/coupons', { query: { which: 'usable' } })))
      const coupon = dice.pick((mine?.items ?? []).filter(({ label }) => label in OFFLINE))
      const known = coupon && OFFLINE[coupon.label]
      if (!coupon || !known) return
      const params = { couponId: coupon.id }
      const shown = valueOf(await answerOf(api('GET /v1/coupons/:couponId/till-code', { params })))
      if (!shown) return
      const receipts = tills.flatMap((partner, i): Receipt[] => {
        const rung = basket(dice)
        const sum = rung.reduce((fen, { quantity, unitFen }) => fen + quantity * unitFen, 0)
        if (sum < Math.max(known.atFen, known.offFen)) return []
        const content: Sale = {
          kind: 'sale',
          posTxnId: keys[i] ?? '',
          soldAt: town.chain.now().toISOString(),
          benefitOffFen: known.offFen,
          offlineCoupons: [{ code: shown.code, offFen: known.offFen }],
          lines: paid(rung, known.offFen),
        }
        return [print(town, { partner, storeId, content })]
      })
      if (dice.chance(0.5)) await Promise.all(receipts.map((each, i) => tell(town, dice.fork(i), [each])))
    }
  },
}
