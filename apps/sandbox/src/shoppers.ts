/** Test shoppers: stable openids, obviously invented phone numbers, and friendly names for the fifty of the demo. */
import { createHash } from 'node:crypto'

export type Shopper = { name: string; openid: string; nickname: string; phone: string | null }

export const DEMO_SHOPPERS = 50
const OPENID_TAIL = 27
const DEMO_PHONE_PREFIX = '1990000'
const SHOPPER_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/
const NUMBERED = /^shopper-(\d{4})$/

const FAMILY = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩'
const GIVEN = ['慧敏', '建国', '晓梅', '志强', '雅琴', '海涛', '玉兰', '立新', '思远', '春燕']

/** Whether a shopper may be called this. Any name will do, so tests can bring their own. */
export const isShopperName = (name: unknown): name is string =>
  typeof name === 'string' && SHOPPER_NAME.test(name)

/** `o` and 27 characters, the same for one shopper for ever, whatever the data folder. */
export const openidOf = (name: string): string =>
  `o${createHash('sha256').update(`linli sandbox shopper ${name}`).digest('base64url').slice(0, OPENID_TAIL)}`

/** The demo phone number of `shopper-NNNN`; other shoppers have none of their own. */
export const phoneOf = (name: string): string | null => {
  const number = NUMBERED.exec(name)?.[1]
  return number === undefined ? null : `${DEMO_PHONE_PREFIX}${number}`
}

/** Only numbers that nobody could mistake for a person's are ever handed out. */
export const isDemoPhone = (phone: unknown): phone is string =>
  typeof phone === 'string' && /^1990000\d{4}$/.test(phone)

const nicknameOf = (number: number): string => {
  const family = FAMILY[(number * 7) % FAMILY.length] ?? ''
  const given = GIVEN[(number * 3 + Math.floor(number / FAMILY.length)) % GIVEN.length] ?? ''
  return `${family}${given}`
}

/** What the sandbox knows about a shopper of this name. */
export const shopperOf = (name: string): Shopper => {
  const number = NUMBERED.exec(name)?.[1]
  return {
    name,
    openid: openidOf(name),
    nickname: number === undefined ? name : nicknameOf(Number(number)),
    phone: phoneOf(name),
  }
}

/** `shopper-0001` … `shopper-0050`. */
export const demoShoppers = (): Shopper[] =>
  Array.from({ length: DEMO_SHOPPERS }, (_, at) => shopperOf(`shopper-${String(at + 1).padStart(4, '0')}`))
