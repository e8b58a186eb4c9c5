/**
 * Subscribe messages (一次性订阅): one press of 允许 on the phone is one message. How many presses are left nobody is told, neither here nor at the
 * real service; a message too many is 43101.
 */
import type { PhoneMessage } from '../records.ts'
import type { World } from '../world.ts'
import { type SubscribeTemplate, subscribeTemplates } from './templates.ts'

type Given = Record<string, unknown>
type Refused = { errcode: number; errmsg: string }

const KEPT = 1_000
const ok: Refused = { errcode: 0, errmsg: 'ok' }
const unknownReader: Refused = { errcode: 40003, errmsg: 'invalid openid' }
const unknownTemplate: Refused = { errcode: 40037, errmsg: 'invalid template_id' }
const unknownPage: Refused = { errcode: 41030, errmsg: 'invalid page' }
const refused: Refused = { errcode: 43101, errmsg: 'user refuse to accept the msg' }
const argument = (keyword: string): Refused => ({
  errcode: 47003,
  errmsg: `argument invalid! data.${keyword}.value invalid`,
})

const characters = (text: string): number => Array.from(text).length
const RULES: Record<string, (text: string) => boolean> = {
  thing: (text) => characters(text) <= 20,
  phrase: (text) => /^\p{Script=Han}{1,5}$/u.test(text),
  character_string: (text) => /^[\x20-\x7e]{1,32}$/.test(text),
  number: (text) => /^\d{1,32}(\.\d+)?$/.test(text),
  amount: (text) => /^[¥$€£]?\d{1,10}(\.\d{1,2})?元?$/.test(text),
  time: (text) => characters(text) <= 32,
  date: (text) => characters(text) <= 32,
}

const fits = (keyword: string, value: unknown): value is string =>
  typeof value === 'string' && value !== '' && (RULES[keyword.replace(/\d+$/, '')]?.(value) ?? false)

const asGiven = (value: unknown): Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : {}

/** Every keyword of the template, no other, each in its own form. */
const badKeyword = (template: SubscribeTemplate, data: Given): string | undefined =>
  [...Object.keys(template.keywords), ...Object.keys(data)].find(
    (keyword) => !(keyword in template.keywords) || !fits(keyword, asGiven(data[keyword]).value),
  )

const leftOf = (world: World, openid: string, templateId: string): number =>
  world.store.subscriptions.get(`${openid} ${templateId}`)?.left ?? 0

/** What the shopper pressed on WeChat's sheet. */
export const answerSheet = (world: World, openid: string, templateId: string, accepted: boolean): void => {
  if (!accepted) return
  world.store.keepSubscription({ openid, templateId, left: leftOf(world, openid, templateId) + 1 })
}

/** Takes every consent back, as 订阅消息 in WeChat's settings does. */
export const withdraw = (world: World, openid: string): void => {
  for (const { id } of subscribeTemplates)
    if (leftOf(world, openid, id) > 0) world.store.keepSubscription({ openid, templateId: id, left: 0 })
}

/** Something arrived on a phone. */
export const arrive = (world: World, message: Omit<PhoneMessage, 'at'>): void => {
  world.store.phone.push({ ...message, at: world.clock.now() })
  if (world.store.phone.length > KEPT) world.store.phone.shift()
}

/** `subscribe/send`, checked as the real service checks it. */
export const sendSubscribe = (world: World, body: Given): Refused => {
  const openid = String(body.touser)
  const shopper = world.store.shopperByOpenid.get(openid)
  if (shopper === undefined) return unknownReader
  const template = subscribeTemplates.find(({ id }) => id === body.template_id)
  if (!template) return unknownTemplate
  const { page = '' } = body
  if (typeof page !== 'string' || !/^(?:(?:packages|pages)\/[\w/-]+(?:\?[\w=&-]*)?)?$/.test(page))
    return unknownPage
  const data = asGiven(body.data)
  const bad = badKeyword(template, data)
  if (bad !== undefined) return argument(bad)
  const left = leftOf(world, openid, template.id)
  if (left === 0) return refused
  world.store.keepSubscription({ openid, templateId: template.id, left: left - 1 })
  arrive(world, {
    channel: 'wechat',
    to: shopper,
    title: template.title,
    lines: Object.entries(template.keywords).map(([keyword, name]) => [
      name,
      String(asGiven(data[keyword]).value),
    ]),
    page,
  })
  return ok
}
