import { businessDay, dayAfter, instantOf, timeOfDay } from '#kernel/clock'
import type { Channel } from './kinds.ts'

/** Nothing is pushed between these times of Asia/Shanghai, but what cannot wait. */
export const QUIET = { from: '22:00', until: '08:00' } as const
/** Marketing, pushed to one member. A week is seven business days, today included. */
export const MARKETING_MOST = { aDay: 1, aWeek: 3 } as const
export const SMS_MOST_A_DAY = 3

/** The end of the quiet hours that this instant falls into; undefined by day. */
export function quietUntil(at: Date): Date | undefined {
  const time = timeOfDay(at)
  const day = businessDay(at)
  if (time >= QUIET.from) return instantOf(dayAfter(day, 1), QUIET.until)
  return time < QUIET.until ? instantOf(day, QUIET.until) : undefined
}

/** Everything that decides whether a message goes out by one channel now. */
export interface Facts {
  channel: Channel
  marketing: boolean
  waitsForMorning: boolean
  mostADay: number
  /** The kind, and this channel of it, are switched on. */
  enabled: boolean
  open: boolean
  /** The channel is set up: WeChat has a template for it, there is a gateway for text messages. */
  ready: boolean
  read: boolean
  agreed: { marketing: boolean; sms: boolean }
  /** Consents left for its WeChat template. */
  quota: number
  hasPhone: boolean
  /** What went out to this member, or may have. */
  out: { kindToday: number; marketingToday: number; marketingWeek: number; smsToday: number }
  at: Date
}

/** Why a message is not pushed; the console words them. */
export type Reason =
  | 'off'
  | 'no_consent'
  | 'read'
  | 'channel_off'
  | 'not_set_up'
  | 'no_quota'
  | 'sms_not_wanted'
  | 'no_phone'
  | 'capped'

export type Decision =
  | { go: 'out' }
  | { go: 'hold'; until: Date }
  | { go: 'nowhere'; reason: Reason; elsewhere: boolean }

const nowhere = (reason: Reason): Decision => ({ go: 'nowhere', reason, elsewhere: false })
/** Not by this channel, perhaps by the next. */
const notHere = (reason: Reason): Decision => ({ go: 'nowhere', reason, elsewhere: true })

function shut(facts: Facts): Decision | undefined {
  if (!facts.enabled) return nowhere('off')
  if (facts.marketing && !facts.agreed.marketing) return nowhere('no_consent')
  if (facts.read) return nowhere('read')
  if (!facts.open) return notHere('channel_off')
  if (!facts.ready) return notHere('not_set_up')
  if (facts.channel === 'wechat') return facts.quota > 0 ? undefined : notHere('no_quota')
  if (!facts.agreed.sms) return notHere('sms_not_wanted')
  return facts.hasPhone ? undefined : notHere('no_phone')
}

/**
 * Out, later, or nowhere. What is over anyway is said first; the night is looked at before the limits, because a message that waits counts for the
 * day it goes out on.
 */
export function decide(facts: Facts): Decision {
  const no = shut(facts)
  if (no) return no
  const until = facts.waitsForMorning ? quietUntil(facts.at) : undefined
  if (until) return { go: 'hold', until }
  const { out } = facts
  if (out.kindToday >= facts.mostADay) return nowhere('capped')
  if (
    facts.marketing &&
    (out.marketingToday >= MARKETING_MOST.aDay || out.marketingWeek >= MARKETING_MOST.aWeek)
  )
    return nowhere('capped')
  if (facts.channel === 'sms' && out.smsToday >= SMS_MOST_A_DAY) return nowhere('capped')
  return { go: 'out' }
}

/** What WeChat's answer to a subscribe message means. Null: nobody knows, and nobody asks again. */
export type Verdict = 'sent' | 'refused' | 'again' | 'failed' | 'unknown'

const VERDICTS: ReadonlyMap<number, Verdict> = new Map([
  [0, 'sent'],
  // 用户拒绝接受，或者没有次数了.
  [43101, 'refused'],
  // 系统繁忙; 一分钟或一天的次数到了.
  [-1, 'again'],
  [45009, 'again'],
  [45011, 'again'],
])
/** Every other number is a definite no: a template that is not ours, an argument that does not fit, a reader nobody knows. */
export const verdictOf = (errcode: number | null): Verdict =>
  errcode === null ? 'unknown' : (VERDICTS.get(errcode) ?? 'failed')
