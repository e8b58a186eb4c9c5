import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Ctx } from '#kernel/ctx'
import { Problem, refuse } from '#kernel/problem'
import { type AccessToken, createAccessToken, type FreshToken } from './access-token.ts'
import { blocked, codeInvalid, loginUnavailable } from './problems.ts'

const ANSWER_WITHIN_MS = 5000

/** WeChat answers 200 whatever happened; what went wrong is in `errcode`. */
const Fault = Type.Object({ errcode: Type.Integer(), errmsg: Type.Optional(Type.String()) })
// The session key that comes with it is not read: nothing here needs it, so nothing can leak it.
const Session = Type.Object({ openid: Type.String({ minLength: 1, maxLength: 128 }) })
const Token = Type.Object({
  access_token: Type.String({ minLength: 1, maxLength: 512 }),
  expires_in: Type.Integer({ minimum: 1, maximum: 7200 }),
})
const Phone = Type.Object({
  phone_info: Type.Object({
    purePhoneNumber: Type.String({ pattern: '^[0-9]{4,15}$' }),
    countryCode: Type.String({ pattern: '^[0-9]{1,4}$' }),
    watermark: Type.Object({ appid: Type.String() }),
  }),
})

const BAD_CODE = new Set([40029, 40163])
const BAD_TOKEN = new Set([40001, 40014, 42001])
const RISKY_USER = 40226

export interface PhoneNumber {
  countryCode: string
  number: string
}

/** What we ask WeChat about a person, and what we tell it. A question refuses with a named problem when no believable answer comes. */
export interface Wechat {
  openidOf(code: string): Promise<string>
  phoneOf(code: string): Promise<PhoneNumber>
  /** A 小程序码 (getwxacodeunlimit), or null when WeChat gives none. */
  draw(scene: string, page: string): Promise<Buffer | null>
  /** Says something to WeChat. Its errcode (0: taken), or null when it gave no answer. */
  tell(path: string, body: object): Promise<number | null>
}

type Answer<T> = { errcode: 0; value: T } | { errcode: number; value: null }

export function createWechat(ctx: Pick<Ctx, 'config' | 'clock' | 'db' | 'log' | 'secrets'>): Wechat {
  const { appId, appSecret, wxBaseUrl } = ctx.config.wechat

  /** One question. A refusal comes back as its `errcode`; silence, nonsense and broken answers are `login_unavailable`. */
  async function ask<T extends TSchema>(
    path: string,
    schema: T,
    init: RequestInit,
  ): Promise<Answer<Static<T>>> {
    const topic = path.split('?')[0]
    let body: unknown
    try {
      const reply = await fetch(wxBaseUrl + path, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
      if (!reply.ok) throw new Error(`status ${reply.status}`)
      body = await reply.json()
    } catch (error) {
      ctx.log.warn({ err: error, topic }, 'wechat did not answer')
      return refuse(loginUnavailable)
    }
    if (Value.Check(Fault, body) && body.errcode !== 0) {
      ctx.log.warn({ topic, errcode: body.errcode, errmsg: body.errmsg }, 'wechat refused')
      return { errcode: body.errcode, value: null }
    }
    if (Value.Check(schema, body)) return { errcode: 0, value: body }
    ctx.log.error({ topic }, 'wechat answered something else than agreed')
    return refuse(loginUnavailable)
  }
  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  async function freshToken(force: boolean): Promise<FreshToken> {
    const request = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force }
    const { value } = await ask('/cgi-bin/stable_token', Token, post(request))
    return value ? { value: value.access_token, lifeSeconds: value.expires_in } : refuse(loginUnavailable)
  }
  const accessToken: AccessToken = createAccessToken(ctx, freshToken)

  const phoneWith = (token: string, code: string) =>
    ask(`/wxa/business/getuserphonenumber?access_token=${encodeURIComponent(token)}`, Phone, post({ code }))

  return {
    async openidOf(code) {
      const query = new URLSearchParams({
        appid: appId,
        secret: appSecret,
        js_code: code,
        grant_type: 'authorization_code',
      })
      const { errcode, value } = await ask(`/sns/jscode2session?${query.toString()}`, Session, {})
      if (value) return value.openid
      if (BAD_CODE.has(errcode)) refuse(codeInvalid)
      return refuse(errcode === RISKY_USER ? blocked : loginUnavailable)
    },

    async tell(path, body) {
      const say = (token: string) =>
        ask(`${path}?access_token=${encodeURIComponent(token)}`, Type.Object({}), post(body))
      try {
        const token = await accessToken.current()
        const { errcode } = await say(token)
        return BAD_TOKEN.has(errcode) ? (await say(await accessToken.renew(token))).errcode : errcode
      } catch (error) {
        if (error instanceof Problem) return null
        throw error
      }
    },

    async draw(scene, page) {
      const request = post({ scene, page, check_path: false, width: 430 })
      const drawn = (token: string) =>
        askPicture(
          ctx,
          `${wxBaseUrl}/wxa/getwxacodeunlimit?access_token=${encodeURIComponent(token)}`,
          request,
        )
      try {
        const token = await accessToken.current()
        const first = await drawn(token)
        const answer =
          typeof first === 'number' && BAD_TOKEN.has(first)
            ? await drawn(await accessToken.renew(token))
            : first
        return typeof answer === 'number' ? null : answer
      } catch (error) {
        if (error instanceof Problem) return null
        throw error
      }
    },

    async phoneOf(code) {
      const token = await accessToken.current()
      let answer = await phoneWith(token, code)
      // Another server may have made our token void before its time: renew it once, try once more.
      if (BAD_TOKEN.has(answer.errcode)) answer = await phoneWith(await accessToken.renew(token), code)
      if (!answer.value) return refuse(BAD_CODE.has(answer.errcode) ? codeInvalid : loginUnavailable)
      const { purePhoneNumber, countryCode, watermark } = answer.value.phone_info
      if (watermark.appid !== appId) refuse(codeInvalid)
      return { countryCode, number: purePhoneNumber }
    },
  }
}

const PICTURE_BYTES_MOST = 1024 * 1024
/** `{`: a refusal in JSON, where a picture was asked for. */
const BRACE = 0x7b

/** A picture; an errcode where WeChat refused, in JSON and with status 200 as ever; null where it gave no answer. */
async function askPicture(
  { log }: Pick<Ctx, 'log'>,
  url: string,
  init: RequestInit,
): Promise<Buffer | number | null> {
  const topic = '/wxa/getwxacodeunlimit'
  try {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    if (!reply.ok) throw new Error(`status ${reply.status}`)
    const bytes = Buffer.from(await reply.arrayBuffer())
    if (bytes.length > 0 && bytes[0] !== BRACE && bytes.length <= PICTURE_BYTES_MOST) return bytes
    const refused: unknown = JSON.parse(bytes.toString('utf8'))
    if (!Value.Check(Fault, refused)) throw new Error('neither a picture nor a refusal')
    log.warn({ topic, errcode: refused.errcode, errmsg: refused.errmsg }, 'wechat refused')
    return refused.errcode
  } catch (error) {
    log.warn({ err: error, topic }, 'wechat did not answer')
    return null
  }
}
