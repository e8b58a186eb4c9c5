import { businessDay, secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx, type Tx } from '#kernel/db'
import { inRounds, someAtATime } from '#kernel/turns'
import type { Members } from '#room/members'
import { SUBSCRIPTIONS_MOST } from './consents.ts'
import { listConsents, lockMember } from './consents.sql.ts'
import { KINDS } from './kinds.ts'
import * as sql from './pushes.sql.ts'
import { type Decision, decide, type Facts, type Verdict, verdictOf } from './rules.ts'
import { type SmsPort, smsText } from './sms.ts'
import * as subscriptions from './subscriptions.sql.ts'
import { readTemplates, type Template } from './templates.ts'
import { subscribeMessage, type WechatTemplates } from './wechat-templates.ts'

/** What others want to hear, in the transaction that notes it. */
export interface MessageEvents {
  /** WeChat took a message for this member, so they had agreed to it. */
  wechatTook(tx: Tx, fact: { memberId: string; at: Date }): Promise<unknown>
}
export interface SendingRoom {
  ctx: Ctx
  members: Members
  wechat: WechatTemplates
  sms: SmsPort | undefined
  told: readonly MessageEvents[]
}

const CLAIM = 100
const AT_ONCE = 4
/** Longer than either side takes to answer, with a token renewed in between. */
const ANSWER_SECONDS = 120
/** Seconds until the next try when the other side is busy; after the last, it failed. */
const GAPS = [60, 600, 3600]

type Sending = sql.Push & { subscription: string | null }

/** The sweep: what is due goes out, waits or goes nowhere. Each is decided and noted before anybody outside is asked. */
export async function sendDue(room: SendingRoom): Promise<void> {
  const { db, clock, log } = room.ctx
  await inOneStatement(db, (tx) => sql.closeUnheard(tx, clock.now()))
  await inRounds(async () => {
    const due = await sql.listDue(db, clock.now(), CLAIM)
    let moved = 0
    await someAtATime(due, AT_ONCE, async (key) => {
      try {
        const sending = await begin(room, key)
        moved++
        if (sending) await settle(room, sending, await ask(room, sending))
      } catch (error) {
        log.error({ err: error, ...key }, 'message not sent')
      }
    })
    return due.length === CLAIM && moved > 0
  })
}

/** Decides on one push with everything that this member agreed to and got held still. Answers what is to be sent now, already noted as sent. */
const begin = ({ ctx, members, wechat, sms }: SendingRoom, key: sql.PushKey): Promise<Sending | undefined> =>
  inTx(ctx.db, async (tx) => {
    const at = ctx.clock.now()
    const push = await sql.holdPush(tx, key, at)
    if (!push) return undefined
    await lockMember(tx, push.memberId)
    const day = businessDay(at)
    const template = (await readTemplates(tx)).get(push.kind)
    const subscription = push.channel === 'wechat' ? (wechat.get(push.kind)?.id ?? null) : null
    const said = await listConsents(tx, push.memberId)
    const agreedTo = (topic: string) => said.some((each) => each.topic === topic && each.agreed)
    const quota = subscription ? await subscriptions.remainingOf(tx, push.memberId, subscription) : undefined
    const decision = decide({
      ...standing(push, template),
      ready: push.channel === 'wechat' ? subscription !== null : sms !== undefined,
      agreed: { marketing: agreedTo('marketing'), sms: agreedTo('sms') },
      quota: quota?.remaining ?? 0,
      hasPhone: push.channel === 'sms' && (await members.hasNumber(push.memberId)),
      out: await sql.countOut(tx, push.memberId, { kind: push.kind, day }),
      at,
    })
    if (decision.go !== 'out') {
      await sendElsewhere(tx, push, { decision, at, bySms: template?.bySms === true })
      return undefined
    }
    if (!(await sql.markSending(tx, push, { day, until: secondsAfter(at, ANSWER_SECONDS) }))) return undefined
    const sending = { ...push, tries: push.tries + 1, subscription }
    if (subscription) await subscriptions.spend(tx, postingOf(sending, subscription, at))
    return sending
  })

const standing = (
  push: sql.Push,
  template: Template | undefined,
): Pick<Facts, 'channel' | 'marketing' | 'waitsForMorning' | 'mostADay' | 'enabled' | 'open' | 'read'> => ({
  channel: push.channel,
  marketing: push.marketing,
  waitsForMorning: KINDS[push.kind].waitsForMorning,
  mostADay: KINDS[push.kind].mostADay,
  enabled: template?.enabled === true,
  open: push.channel === 'wechat' ? template?.byWechat === true : template?.bySms === true,
  read: push.read,
})

async function sendElsewhere(
  tx: Tx,
  push: sql.Push,
  { decision, at, bySms }: { decision: Exclude<Decision, { go: 'out' }>; at: Date; bySms: boolean },
): Promise<void> {
  if (decision.go === 'hold') return void (await sql.holdUntil(tx, push, decision.until))
  await sql.skip(tx, push, { reason: decision.reason, at })
  if (decision.elsewhere && push.channel === 'wechat' && bySms)
    await sql.insertPush(tx, { ...push, channel: 'sms' }, at)
}

const postingOf = ({ memberId, messageId, tries }: Sending, templateId: string, at: Date) => ({
  memberId,
  templateId,
  ref: `${messageId} ${tries}`,
  at,
})

interface Told {
  verdict: Verdict
  reason: string | null
}

/** Outside of every transaction. */
async function ask({ members, wechat, sms }: SendingRoom, sending: Sending): Promise<Told> {
  if (sending.channel === 'sms') {
    const phone = await members.phoneOf(sending.memberId)
    if (!phone || !sms) return { verdict: 'failed', reason: 'NO_PHONE' }
    const text = smsText(sms.signature, sending.body, sending.marketing)
    const verdict = await sms.send({ id: sending.messageId, phone, text })
    return { verdict, reason: verdict === 'sent' ? null : verdict === 'unknown' ? 'NO_ANSWER' : 'REFUSED' }
  }
  const template = wechat.get(sending.kind)
  if (!template) return { verdict: 'failed', reason: 'NO_TEMPLATE' }
  const openid = await members.openidOf(sending.memberId)
  const errcode = await members.tellWechat(
    '/cgi-bin/message/subscribe/send',
    subscribeMessage(template, sending, openid),
  )
  return {
    verdict: verdictOf(errcode),
    reason: errcode === null ? 'NO_ANSWER' : errcode === 0 ? null : String(errcode),
  }
}

const STATES = { sent: 'SENT', refused: 'SKIPPED', failed: 'FAILED', unknown: 'UNKNOWN' } as const

/** Notes what became of a try, and of the consent it took. */
async function settle(
  { ctx, told }: SendingRoom,
  sending: Sending,
  { verdict, reason }: Told,
): Promise<void> {
  if (verdict !== 'sent')
    ctx.log.warn({ message: sending.messageId, channel: sending.channel, reason }, 'message not taken')
  await inTx(ctx.db, async (tx) => {
    await lockMember(tx, sending.memberId)
    const at = ctx.clock.now()
    const gap = verdict === 'again' ? GAPS[sending.tries - 1] : undefined
    const noted =
      gap === undefined
        ? await sql.settle(tx, sending, {
            state: verdict === 'again' ? 'FAILED' : STATES[verdict],
            reason,
            at,
          })
        : await sql.tryAgain(tx, sending, { reason: reason ?? 'BUSY', dueAt: secondsAfter(at, gap) })
    // A try that took so long that it was given up is not heard any more.
    if (!noted) return
    if (sending.subscription) await settleConsent(tx, postingOf(sending, sending.subscription, at), verdict)
    if (sending.channel === 'wechat' && verdict === 'sent')
      for (const events of told) await events.wechatTook(tx, { memberId: sending.memberId, at })
    const template = (await readTemplates(tx)).get(sending.kind)
    if ((verdict === 'refused' || verdict === 'failed') && sending.channel === 'wechat' && template?.bySms)
      await sql.insertPush(tx, { ...sending, channel: 'sms' }, at)
  })
}

// One consent is one message. Where nobody knows, it counts as used: a second message would be one too many.
async function settleConsent(tx: Tx, posting: subscriptions.Posting, verdict: Verdict): Promise<void> {
  if (verdict === 'refused') await subscriptions.empty(tx, posting)
  if (verdict === 'again' || verdict === 'failed')
    await subscriptions.giveBack(tx, posting, SUBSCRIPTIONS_MOST)
}
