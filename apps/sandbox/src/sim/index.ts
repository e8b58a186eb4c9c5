/**
 * The control interface, `/_sim`: what shoppers and operators do, for tests, the demo's front end and the panel.
 * `POST login|phone|pay` play the shopper; `faults`, `clock`, `settings` and the actions on notifications and refunds
 * play the operator; `erp` plays the chain's ERP; the GETs read. A namespace is a prefix of the order number, refund number or shopper concerned.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { guardOrigins, isFriendly } from '../origins.ts'
import { replySms } from '../sms.ts'
import { answerSheet, withdraw } from '../wx/subscribe.ts'
import { subscribeTemplates } from '../wx/templates.ts'
import { demoShoppers, isDemoPhone, isShopperName, openidOf, phoneOf } from '../shoppers.ts'
import { outcomes, payOrder } from '../wxpay/paying.ts'
import type { Outcome } from '../wxpay/paying.ts'
import type { Erp } from '../retail/erp/erp.ts'
import { mountErp } from '../retail/erp/routes.ts'
import type { CodeBook } from '../wx/codes.ts'
import type { World } from '../world.ts'
import { bodyOf, refuse } from './body.ts'
import type { Body } from './body.ts'
import { mountAlipaySim } from './alipay.ts'
import { mountOperator } from './operator.ts'
import { mountTransferSim } from '../panel/transfer.ts'
import { mountReading } from './reading.ts'

const shopperFrom = (body: Body): string =>
  isShopperName(body.shopper)
    ? body.shopper
    : refuse('sim.shopper_wrong', 'shopper must be a name of letters, digits and _.:- up to 64 characters')

const isOutcome = (value: unknown): value is Outcome => outcomes.some((one) => one === value)

/** Registers the whole interface. */
export const sim = async (app: FastifyInstance, world: World, codes: CodeBook, erp: Erp): Promise<void> => {
  guardOrigins(app, world.config)
  app.get('/shoppers', () => ({ shoppers: demoShoppers() }))

  app.post('/login', (request) => {
    const shopper = shopperFrom(bodyOf(request.body))
    world.store.keepShopper(openidOf(shopper), shopper)
    return { code: codes.issue('login', shopper) }
  })

  app.post('/phone', (request) => {
    const body = bodyOf(request.body)
    const shopper = shopperFrom(body)
    const phone = body.phone ?? phoneOf(shopper)
    if (!isDemoPhone(phone)) {
      return refuse(
        'sim.phone_wrong',
        'only shopper-NNNN has a number of its own; others pass phone as 1990000NNNN',
      )
    }
    return { code: codes.issue('phone', shopper, phone) }
  })

  app.post('/pay', (request) => {
    const body = bodyOf(request.body)
    const { prepayId, outcome, couponFen = 0 } = body
    if (typeof prepayId !== 'string') return refuse('sim.prepay_wrong', 'prepayId must be a string')
    if (!isOutcome(outcome)) return refuse('sim.outcome_wrong', `outcome is one of ${outcomes.join(', ')}`)
    if (!Number.isInteger(couponFen)) return refuse('sim.coupon_wrong', 'couponFen must be a whole number')
    const payment = payOrder(world, prepayId, outcome, Number(couponFen))
    world.journal.write({
      kind: 'shopper',
      route: 'pay',
      what: `${outcome} ${prepayId}`,
      outTradeNo: payment.order.outTradeNo,
      ...(payment.order.shopper ? { shopper: payment.order.shopper } : {}),
    })
    return {
      result: payment.result,
      outTradeNo: payment.order.outTradeNo,
      tradeState: payment.order.state,
      transactionId: payment.order.transactionId,
      notificationId: payment.notification?.id ?? null,
    }
  })

  app.post('/subscriptions', (request) => {
    const body = bodyOf(request.body)
    const openid = openidOf(shopperFrom(body))
    const answers = bodyOf(body.answers)
    for (const { id } of subscribeTemplates) answerSheet(world, openid, id, answers[id] === 'accept')
    world.journal.write({
      kind: 'shopper',
      route: 'subscribe',
      what: JSON.stringify(answers),
      shopper: String(body.shopper),
    })
    return { answers }
  })
  app.post('/subscriptions/withdrawal', (request) => {
    withdraw(world, openidOf(shopperFrom(bodyOf(request.body))))
    return {}
  })
  const onReply = async (request: FastifyRequest) => {
    const { hookUrl, phone, text } = bodyOf(request.body)
    if (typeof hookUrl !== 'string' || !isFriendly(world.config, hookUrl))
      return refuse('sim.hook_wrong', 'hookUrl must be an address of the product')
    return { status: await replySms(world, hookUrl, String(phone), String(text)) }
  }
  app.route({ method: 'POST', url: '/sms-replies', handler: onReply })
  app.get('/phone-messages', (request) => {
    const to = bodyOf(request.query).to
    return { messages: world.store.phone.filter((one) => to === undefined || one.to === to) }
  })

  mountOperator(app, world)
  mountAlipaySim(app, world)
  mountReading(app, world)
  mountTransferSim(app, world)
  mountErp(app, erp, world.config.dataDir)
}
