/**
 * The WeChat API as the product meets it: login, access tokens, phone numbers, under `/wx`. HTTP is always 200 here;
 * what went wrong is in `errcode`, as in the real service.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '../faults/routes.ts'
import { strikeBefore } from '../faults/before.ts'
import type { FaultAction } from '../faults/rules.ts'
import { holdThenDrop } from '../faults/hold.ts'
import { newHex, newSecretText } from '../ids.ts'
import { openidOf } from '../shoppers.ts'
import type { World } from '../world.ts'
import type { Order } from '../records.ts'
import { setUserNotify } from './cards.ts'
import { sendSubscribe } from './subscribe.ts'
import { drawWxacode } from './wxacode.ts'
import { reportedOrder, reportSpecial, specialOrder, uploadShipping } from './shipping.ts'
import { plainToken, stableToken, tokenFault } from './tokens.ts'
import type { CodeBook } from './codes.ts'
import { bodyText } from '../wxpay/reply.ts'

type Reply = Record<string, unknown>
type Given = Record<string, unknown>
type Interface = {
  route: Route
  method: 'GET' | 'POST'
  path: string
  /** Whom or what it is about, for matching faults. */
  about: (given: Given, body: Given) => { shopper?: string | undefined; outTradeNo?: string | undefined }
  /** A picture, where the interface answers with one. `origin` is where the caller reached us. */
  answer: (given: Given, body: Given, origin: string) => Reply | Buffer
}

const JSON_TYPE = 'application/json; charset=utf-8'
const SESSION_KEY_BYTES = 16
const SECRETS = /((?:secret|access_token)=)[^&]*/g

/** Registers the interfaces; the caller chooses the prefix. */
export const wx = async (app: FastifyInstance, world: World, codes: CodeBook): Promise<void> => {
  for (const one of interfaces(world, codes)) {
    app.route({
      method: one.method,
      url: one.path,
      handler: (request, reply) => serve(world, one, request, reply),
    })
  }
  app.setErrorHandler(async (_error, _request, reply) =>
    reply.code(200).send({ errcode: 47001, errmsg: 'data format error' }),
  )
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ errcode: 40066, errmsg: 'invalid url' }),
  )
}

const interfaces = (world: World, codes: CodeBook): Interface[] => [
  {
    route: 'jscode2session',
    method: 'GET',
    path: '/sns/jscode2session',
    about: (given) => ({ shopper: codes.peek(asText(given.js_code)) }),
    answer: (given) => login(world, codes, given),
  },
  {
    route: 'stable_token',
    method: 'POST',
    path: '/cgi-bin/stable_token',
    about: () => ({}),
    answer: (_given, body) =>
      appFault(world, body, 'client_credential') ?? stableToken(world, body.force_refresh === true),
  },
  {
    route: 'token',
    method: 'GET',
    path: '/cgi-bin/token',
    about: () => ({}),
    answer: (given) => appFault(world, given, 'client_credential') ?? plainToken(world),
  },
  {
    route: 'phone',
    method: 'POST',
    path: '/wxa/business/getuserphonenumber',
    about: (_given, body) => ({ shopper: codes.peek(asText(body.code)) }),
    answer: (given, body) => tokenFault(world, given.access_token) ?? phone(world, codes, body),
  },
  {
    route: 'shipping-info',
    method: 'POST',
    path: '/wxa/sec/order/upload_shipping_info',
    about: (_given, body) => aboutOrder(reportedOrder(world, body)),
    answer: (given, body) => tokenFault(world, given.access_token) ?? uploadShipping(world, body),
  },
  {
    route: 'special-order',
    method: 'POST',
    path: '/wxa/sec/order/opspecialorder',
    about: (_given, body) => aboutOrder(specialOrder(world, body)),
    answer: (given, body) => tokenFault(world, given.access_token) ?? reportSpecial(world, body),
  },
  {
    route: 'service-card',
    method: 'POST',
    path: '/wxa/set_user_notify',
    about: (_given, body) => aboutOrder(world.store.orderByTransactionId.get(asText(body.notify_code))),
    answer: (given, body) => tokenFault(world, given.access_token) ?? setUserNotify(world, body),
  },
  {
    route: 'wxacode',
    method: 'POST',
    path: '/wxa/getwxacodeunlimit',
    about: () => ({}),
    answer: (given, body, origin) => tokenFault(world, given.access_token) ?? drawWxacode(body, origin),
  },
  {
    route: 'subscribe-send',
    method: 'POST',
    path: '/cgi-bin/message/subscribe/send',
    about: (_given, body) => ({ shopper: world.store.shopperByOpenid.get(asText(body.touser)) }),
    answer: (given, body) => tokenFault(world, given.access_token) ?? sendSubscribe(world, body),
  },
]

const aboutOrder = (order: Order | undefined): ReturnType<Interface['about']> => ({
  shopper: order?.shopper ?? undefined,
  outTradeNo: order?.outTradeNo,
})

const serve = async (
  world: World,
  one: Interface,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const startedAt = performance.now()
  const given = asGiven(request.query)
  const body = asGiven(request.body)
  const about = one.about(given, body)
  const { shopper } = about
  const rule = world.faults.strike({ route: one.route, method: one.method, ...about })
  const action = rule?.action ?? null
  const origin = `${request.protocol}://${request.host}`
  const answer = await answerOrLose(world, one, { given, body, origin }, action, reply)
  if (answer && Buffer.isBuffer(answer.body)) void reply.code(200).type('image/png').send(answer.body)
  else if (answer)
    void reply
      .code(answer.status)
      .type(JSON_TYPE)
      .send(bodyText(asGiven(answer.body), action?.kind ?? null))
  world.journal.write({
    kind: 'request',
    route: one.route,
    what: `${request.method} ${(request.raw.url ?? '').replaceAll(SECRETS, '$1***')}`,
    ...(answer ? { status: answer.status } : {}),
    tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
    ...(shopper ? { shopper } : {}),
    ...(about.outTradeNo ? { outTradeNo: about.outTradeNo } : {}),
    ...(action ? { fault: action.kind } : {}),
  })
  return reply
}

/** The answer, possibly spoilt; null when the connection is already taken care of. */
const answerOrLose = async (
  world: World,
  one: Interface,
  input: { given: Given; body: Given; origin: string },
  action: FaultAction | null,
  reply: FastifyReply,
): Promise<{ status: number; body: unknown } | null> => {
  const early = action ? await strikeBefore(world, action, {}, reply) : null
  if (early === 'gone') return null
  if (early !== null) return early
  if (action?.kind === 'errcode') {
    return {
      status: 200,
      body: withRid({ errcode: action.errcode ?? -1, errmsg: action.errmsg ?? 'system error' }),
    }
  }
  const made = one.answer(input.given, input.body, input.origin)
  const body = Buffer.isBuffer(made) ? made : withRid(made)
  if (action?.kind !== 'timeout-after') return { status: 200, body }
  await holdThenDrop(world, reply, action.ms)
  return null
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

const asGiven = (value: unknown): Given =>
  typeof value === 'object' && value !== null ? (value as Given) : {}

/** Real error messages end in a request id; clients must not compare them whole. */
const withRid = (result: unknown): unknown => {
  const reply = asGiven(result)
  return reply.errcode
    ? { ...reply, errmsg: `${asText(reply.errmsg)}, rid: ${newHex(24).toLowerCase()}` }
    : result
}

const appFault = (world: World, given: Given, grantType: string): Reply | null => {
  if (given.appid !== world.keys.appId) return { errcode: 40013, errmsg: 'invalid appid' }
  if (given.secret !== world.keys.appSecret) return { errcode: 40125, errmsg: 'invalid appsecret' }
  return given.grant_type === grantType ? null : { errcode: 40002, errmsg: 'invalid grant_type' }
}

const login = (world: World, codes: CodeBook, given: Given): Reply => {
  const fault = appFault(world, given, 'authorization_code')
  if (fault) return fault
  const redeemed = codes.redeem(asText(given.js_code), 'login')
  if ('errcode' in redeemed) return redeemed
  const openid = openidOf(redeemed.shopper)
  world.store.keepShopper(openid, redeemed.shopper)
  return {
    openid,
    session_key: Buffer.from(newSecretText(SESSION_KEY_BYTES), 'base64url').toString('base64'),
  }
}

const phone = (world: World, codes: CodeBook, body: Given): Reply => {
  const redeemed = codes.redeem(asText(body.code), 'phone')
  if ('errcode' in redeemed) return redeemed
  return {
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: redeemed.phone,
      purePhoneNumber: redeemed.phone,
      countryCode: '86',
      watermark: { timestamp: Math.floor(world.clock.stamp().getTime() / 1_000), appid: world.keys.appId },
    },
  }
}
