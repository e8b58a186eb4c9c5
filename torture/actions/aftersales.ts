import type { AllRoutes, Output } from '@linli/contract'
import sharp from 'sharp'
import type { Dice } from '../dice.ts'
import { answerOf, type LinliApi, valueOf } from '../people.ts'
import { clerkOf, headOffice, managerOf, someOrder, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

type Options = Output<AllRoutes['GET /v1/orders/:orderId/aftersale-options']>
type Request = Output<AllRoutes['GET /console/v1/aftersales/:aftersaleId']>

const photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#a33' } })
  .jpeg()
  .toBuffer()

/** One thing that this order may be applied for. */
function wish(dice: Dice, { lines }: Options) {
  const line = dice.pick(lines.filter(({ left, kinds, openId }) => left > 0 && kinds.length > 0 && !openId))
  const option = line && dice.pick(line.kinds)
  const reason = option && dice.pick(option.reasons)
  if (!line || !option || !reason) return undefined
  // All that may be applied for in the same way, or one line of it.
  const mates = dice.chance(0.3)
    ? lines.filter(
        ({ left, kinds, openId }) =>
          left > 0 &&
          !openId &&
          kinds.some(({ kind, reasons }) => kind === option.kind && reasons.includes(reason)),
      )
    : [line]
  return {
    kind: option.kind,
    reason,
    lines: mates.map(({ lineNo, left }) => ({ lineNo, quantity: dice.chance(0.5) ? left : 1 })),
  }
}

/** A shopper applies for after-sales: quote first, then exactly that, with a photo where one is wanted. */
export const apply: Action = {
  name: 'apply for after-sales',
  weight: 8,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PAID', 'READY', 'COMPLETED'])
    if (!order) return undefined
    const { shopper } = order
    const api = shopper.with(dice)
    const params = { orderId: order.id }
    return async () => {
      const options = valueOf(await answerOf(api('GET /v1/orders/:orderId/aftersale-options', { params })))
      const asked = options && wish(dice, options)
      if (!asked) return
      const quote = valueOf(
        await answerOf(api('POST /v1/orders/:orderId/aftersale-quotes', { params, body: asked })),
      )
      if (!quote) return
      const photoIds = asked.kind === 'claim' ? await upload(api) : []
      const key = dice.key('aftersale')
      const body = { idempotencyKey: key, ...asked, photoIds, expectFen: quote.amountFen }
      const answers = await inDoubt(dice, () => api('POST /v1/orders/:orderId/aftersales', { params, body }))
      const told = answers.find((answer) => answer.kind === 'ok')
      if (!told) return
      town.aftersales.push({ id: told.value.id, shopper })
      town.promises.push({ what: 'aftersale', aftersaleId: told.value.id, key })
    }
  },
}

async function upload(api: LinliApi): Promise<string[]> {
  const stored = valueOf(
    await answerOf(api('POST /v1/aftersale-photos', { bytes: photo, contentType: 'image/jpeg' })),
  )
  return stored ? [stored.id] : []
}

/** The shopper takes it back, or appeals. */
export const followUp: Action = {
  name: 'follow up on after-sales',
  weight: 3,
  choose(town, dice) {
    const mine = dice.pick(town.aftersales)
    if (!mine) return undefined
    const api = mine.shopper.with(dice)
    const params = { aftersaleId: mine.id }
    return async () => {
      const seen = valueOf(await answerOf(api('GET /v1/aftersales/:aftersaleId', { params })))
      if (seen?.mayAppeal)
        await inDoubt(dice, () =>
          api('POST /v1/aftersales/:aftersaleId/appeal', { params, body: { note: '请再看看' } }),
        )
      else if (seen?.mayCancel && dice.chance(0.3))
        await inDoubt(dice, () => api('POST /v1/aftersales/:aftersaleId/cancellation', { params }))
    }
  },
}

/** Somebody at a desk takes the next step of a request, whatever it is; sometimes two people at once. */
export const workAftersale: Action = {
  name: 'work on after-sales',
  weight: 8,
  choose(town, dice) {
    const about = dice.pick(town.aftersales.slice(-20))
    if (!about) return undefined
    const people = dice.chance(0.2) ? ['a', 'b'] : ['a']
    return async () => {
      await Promise.all(people.map((who) => takeStep(town, dice.fork(who), about.id)))
    }
  },
}

/**
 * One step of whoever has to take it. Whoever is in a hurry does what brings it to its end. Answers the state the request was found in.
 */
export async function takeStep(
  town: Town,
  dice: Dice,
  aftersaleId: string,
  hurry = false,
): Promise<string | undefined> {
  const storeId = dice.pick(STORES) ?? 'S01'
  const office = hurry ? headOffice(town, dice) : managerOf(town, dice, storeId).with(dice)
  const params = { aftersaleId }
  const found = valueOf(await answerOf(office('GET /console/v1/aftersales/:aftersaleId', { params })))
  if (!found) return undefined
  if (found.state === 'WAIT_RETURN' && (hurry || dice.chance(0.7)))
    await bringBack(town, dice, found, storeId)
  if (found.state === 'WAIT_COLLECT') await endExchange(town, dice, found)
  const deeds = hurry ? found.deeds.filter((deed) => deed !== 'own' && deed !== 'reject') : found.deeds
  const deed = isGivenBefore(found) ? 'settle' : dice.pick(deeds.filter((each) => each !== 'settle'))
  if (deed && found.deeds.includes(deed)) await DEEDS[deed](office, dice, found)
  return found.state
}

/** The order desk has nothing left to give: the pieces were refunded in another way, and a person says so. */
const isGivenBefore = ({ state, trouble }: Request): boolean =>
  state === 'REFUND_FAILED' && (trouble === 'orders.not_refundable' || trouble === 'orders.refund_too_many')

/** The shopper takes the replacement home, from where it waits or where it does not, or would rather have the money. */
async function endExchange(town: Town, dice: Dice, { id, holdStoreId }: Request): Promise<void> {
  const owner = town.aftersales.find((each) => each.id === id)
  if (!owner) return
  const shopper = owner.shopper.with(dice)
  const params = { aftersaleId: id }
  const mine = valueOf(await answerOf(shopper('GET /v1/aftersales/:aftersaleId', { params })))
  if (!mine?.returnCode) return
  if (dice.chance(0.25)) {
    await inDoubt(dice, () => shopper('POST /v1/aftersales/:aftersaleId/refund-instead', { params }))
    return
  }
  const storeId = dice.chance(0.9) && holdStoreId ? holdStoreId : (dice.pick(STORES) ?? 'S01')
  const body = { storeId, code: mine.returnCode }
  await inDoubt(dice, () => clerkOf(town, dice, storeId).with(dice)('POST /staff/v1/exchanges', { body }))
}

/** The shopper carries the goods to some store of the chain. */
async function bringBack(town: Town, dice: Dice, { id }: Request, storeId: string): Promise<void> {
  const owner = town.aftersales.find((each) => each.id === id)
  if (!owner) return
  const mine = valueOf(
    await answerOf(
      owner.shopper.with(dice)('GET /v1/aftersales/:aftersaleId', { params: { aftersaleId: id } }),
    ),
  )
  if (!mine?.returnCode) return
  const body = { storeId, code: mine.returnCode }
  const desk = managerOf(town, dice, storeId).with(dice)
  await answerOf(desk('POST /console/v1/return-checks', { body }))
  await inDoubt(dice, () => desk('POST /console/v1/returns', { body }))
}

const WORDS = { words: '看过了' }
/** Whoever agrees says whose doing it was, or leaves it as the shopper's reason has it. */
const whoseDoing = (dice: Dice): { ourFault?: boolean } =>
  dice.chance(0.5) ? { ourFault: dice.chance(0.5) } : {}
type Deed = (office: LinliApi, dice: Dice, found: Request) => Promise<unknown>
const DEEDS: Readonly<Record<Request['deeds'][number], Deed>> = {
  approve: async (office, dice, { id }) => {
    const body = whoseDoing(dice)
    if (body.ourFault !== undefined)
      await answerOf(
        office('POST /console/v1/aftersales/:aftersaleId/refund-quotes', {
          params: { aftersaleId: id },
          body: { ourFault: body.ourFault },
        }),
      )
    return inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/approval', { params: { aftersaleId: id }, body }),
    )
  },
  reject: (office, dice, { id }) =>
    inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/rejection', {
        params: { aftersaleId: id },
        body: WORDS,
      }),
    ),
  inspect: (office, dice, { id, goods }) => {
    const accept = dice.chance(0.75)
    const toShelf = accept ? goods.filter(({ perishable }) => !perishable).map(({ lineNo }) => lineNo) : []
    const body = { accept, toShelf, ...WORDS, ...whoseDoing(dice) }
    return inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/inspection', { params: { aftersaleId: id }, body }),
    )
  },
  judge_appeal: (office, dice, { id }) => {
    const body = { grant: dice.chance(0.5), ...WORDS, ...whoseDoing(dice) }
    return inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/appeal-judgement', {
        params: { aftersaleId: id },
        body,
      }),
    )
  },
  own: (office, dice, { id }) =>
    inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/ownership', { params: { aftersaleId: id } }),
    ),
  resend: (office, dice, { id }) =>
    inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/resending', { params: { aftersaleId: id } }),
    ),
  settle: (office, dice, { id }) =>
    inDoubt(dice, () =>
      office('POST /console/v1/aftersales/:aftersaleId/settlement', {
        params: { aftersaleId: id },
        body: WORDS,
      }),
    ),
}
