import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill, type Kind, KINDS, unknownFields } from './kinds.ts'
import { type Decision, decide, type Facts, quietUntil, type Verdict, verdictOf } from './rules.ts'
import { isUnsubscribe, smsText } from './sms.ts'
import { fitted } from './wechat-values.ts'
import { readWechatTemplates, subscribeMessage } from './wechat-templates.ts'

const NIGHTS: readonly [at: string, until: string | undefined][] = [
  ['2026-11-23T21:59:59+08:00', undefined],
  ['2026-11-23T22:00:00+08:00', '2026-11-24T08:00:00+08:00'],
  ['2026-11-23T23:59:59+08:00', '2026-11-24T08:00:00+08:00'],
  ['2026-11-24T00:00:00+08:00', '2026-11-24T08:00:00+08:00'],
  ['2026-11-24T07:59:59+08:00', '2026-11-24T08:00:00+08:00'],
  ['2026-11-24T08:00:00+08:00', undefined],
  ['2026-12-31T23:00:00+08:00', '2027-01-01T08:00:00+08:00'],
]
for (const [at, until] of NIGHTS)
  test(`domain 142 免打扰 · ${at} waits until ${until ?? 'nothing'}`, () => {
    assert.equal(quietUntil(new Date(at))?.getTime(), until && new Date(until).getTime())
  })

const DAY = new Date('2026-11-23T12:00:00+08:00')
const NIGHT = new Date('2026-11-23T23:00:00+08:00')
const service: Facts = {
  channel: 'wechat',
  marketing: false,
  waitsForMorning: true,
  mostADay: 5,
  enabled: true,
  open: true,
  ready: true,
  read: false,
  agreed: { marketing: false, sms: false },
  quota: 1,
  hasPhone: false,
  out: { kindToday: 0, marketingToday: 0, marketingWeek: 0, smsToday: 0 },
  at: DAY,
}
const marketing: Facts = { ...service, marketing: true, agreed: { marketing: true, sms: false } }
const sms: Facts = {
  ...service,
  channel: 'sms',
  quota: 0,
  agreed: { marketing: false, sms: true },
  hasPhone: true,
}
const counted = (over: Partial<Facts['out']>) => ({ out: { ...service.out, ...over } })
const OUT: Decision = { go: 'out' }
const HOLD: Decision = { go: 'hold', until: new Date('2026-11-24T08:00:00+08:00') }
const no = (reason: Extract<Decision, { reason: string }>['reason'], elsewhere = false): Decision => ({
  go: 'nowhere',
  reason,
  elsewhere,
})

const DECISIONS: readonly [what: string, facts: Facts, decision: Decision][] = [
  ['a service message needs no consent to marketing', service, OUT],
  ['marketing with consent', marketing, OUT],
  ['marketing without consent', { ...marketing, agreed: { marketing: false, sms: true } }, no('no_consent')],
  ['the kind is switched off', { ...service, enabled: false }, no('off')],
  ['it was read meanwhile', { ...service, read: true }, no('read')],
  ['the channel is switched off', { ...service, open: false }, no('channel_off', true)],
  ['no template at WeChat', { ...service, ready: false, quota: 0 }, no('not_set_up', true)],
  ['no consent of WeChat’s sheet left', { ...service, quota: 0 }, no('no_quota', true)],
  ['a text message to who wants them', sms, OUT],
  [
    'a text message to who does not',
    { ...sms, agreed: { marketing: true, sms: false } },
    no('sms_not_wanted', true),
  ],
  ['a text message without a phone', { ...sms, hasPhone: false }, no('no_phone', true)],
  ['no gateway', { ...sms, ready: false }, no('not_set_up', true)],
  ['marketing by text needs both', { ...sms, marketing: true }, no('no_consent')],
  ['at night it waits', { ...service, at: NIGHT }, HOLD],
  ['at night too what cannot wait', { ...service, waitsForMorning: false, at: NIGHT }, OUT],
  [
    'the night does not save what nobody agreed to',
    { ...service, quota: 0, at: NIGHT },
    no('no_quota', true),
  ],
  [
    'over the limit of tonight it may go out tomorrow',
    { ...service, ...counted({ kindToday: 5 }), at: NIGHT },
    HOLD,
  ],
  ['the last of its kind today', { ...service, ...counted({ kindToday: 4 }) }, OUT],
  ['one too many of its kind', { ...service, ...counted({ kindToday: 5 }) }, no('capped')],
  [
    'service messages are no marketing',
    { ...service, ...counted({ marketingToday: 9, marketingWeek: 9 }) },
    OUT,
  ],
  ['one marketing message a day', { ...marketing, ...counted({ marketingToday: 1 }) }, no('capped')],
  ['the third of a week', { ...marketing, ...counted({ marketingWeek: 2 }) }, OUT],
  ['the fourth of a week', { ...marketing, ...counted({ marketingWeek: 3 }) }, no('capped')],
  ['the third text message of a day', { ...sms, ...counted({ smsToday: 2 }) }, OUT],
  ['the fourth text message of a day', { ...sms, ...counted({ smsToday: 3 }) }, no('capped')],
]
for (const [what, facts, decision] of DECISIONS)
  test(`domain 142 频控 · ${what}`, () => assert.deepEqual(decide(facts), decision))

test('no facts let a message out that its member did not agree to, at night, or over a limit', () => {
  const bits = [true, false]
  let out = 0
  for (const channel of ['wechat', 'sms'] as const)
    for (const isMarketing of bits)
      for (const agreed of bits)
        for (const wants of bits)
          for (const quota of [0, 1])
            for (const at of [DAY, NIGHT])
              for (const kindToday of [0, 5]) {
                const facts: Facts = {
                  ...service,
                  channel,
                  marketing: isMarketing,
                  agreed: { marketing: agreed, sms: wants },
                  quota,
                  hasPhone: true,
                  at,
                  ...counted({ kindToday }),
                }
                if (decide(facts).go !== 'out') continue
                out++
                assert.ok(!isMarketing || agreed)
                assert.ok(channel === 'wechat' ? quota > 0 : wants)
                assert.ok(at === DAY && kindToday === 0)
              }
  assert.ok(out > 0)
})

const VERDICTS: readonly [errcode: number | null, verdict: Verdict][] = [
  [0, 'sent'],
  [43101, 'refused'],
  [47003, 'failed'],
  [40037, 'failed'],
  [40003, 'failed'],
  [41030, 'failed'],
  [45009, 'again'],
  [-1, 'again'],
  [null, 'unknown'],
]
for (const [errcode, verdict] of VERDICTS)
  test(`WeChat answers ${errcode}: ${verdict}`, () => assert.equal(verdictOf(errcode), verdict))

const VALUES: readonly [keyword: string, text: string, fits: string][] = [
  ['thing1', '内丘苹果 约1kg', '内丘苹果 约1kg'],
  ['thing1', '一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
  ['thing1', '一二三四五六七八九十一二三四五六七八九十多', '一二三四五六七八九十一二三四五六七八九…'],
  ['thing1', '😀'.repeat(21), `${'😀'.repeat(19)}…`],
  ['thing1', '', '-'],
  ['character_string1', '订单 A-12', ' A-12'],
  ['character_string1', 'x'.repeat(40), 'x'.repeat(32)],
  ['phrase3', '已同意，请带货来', '已同意请带'],
  ['amount2', '¥12.80', '¥12.80'],
]
for (const [keyword, text, fits] of VALUES)
  test(`${keyword} takes “${fits}”`, () => assert.equal(fitted(keyword, text), fits))

test('every kind speaks of what it knows, and a typing mistake is found', () => {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const { title, body, fields } = KINDS[kind]
    assert.deepEqual(unknownFields(kind, title + body), [], kind)
    const examples = Object.fromEntries(fields.map(({ name, example }) => [name, example]))
    assert.doesNotMatch(fill(body, examples), /[{}]/, kind)
    assert.ok(Array.from(fill(title, examples)).length <= 20, kind)
  }
  assert.deepEqual(unknownFields('order.ready', '{store}的{goods}{}'), ['goods', ''])
})

test('a merchant file that names what there is not stops the start', () => {
  const wechat = (subscribeTemplates: object) => readWechatTemplates({ subscribeTemplates } as never)
  const id = 'A'.repeat(43)
  assert.equal(wechat({ 'order.ready': { id, fields: { thing2: 'store' } } }).get('order.ready')?.id, id)
  assert.throws(() => wechat({ 'order.lost': { id, fields: {} } }), /order\.lost/)
  assert.throws(
    () => wechat({ 'order.ready': { id, fields: { thing2: 'goods' } } }),
    /knows nothing of goods/,
  )
  assert.throws(() => wechat({ 'order.ready': { id, fields: { what1: 'store' } } }), /what1/)
})

test('a subscribe message leads to its page', () => {
  const template = { id: 'T', keywords: [['thing1', 'goods']] } as const
  const body = subscribeMessage(template, { page: 'product', pageId: 'p1', fields: { goods: '苹果' } }, 'o1')
  assert.deepEqual(body, {
    touser: 'o1',
    template_id: 'T',
    page: 'packages/goods/product/index?id=p1',
    lang: 'zh_CN',
    data: { thing1: { value: '苹果' } },
  })
})

test('a text message says who writes and, for marketing, how to end it', () => {
  assert.equal(smsText('襄惠', '货到了。', false), '【襄惠】货到了。')
  assert.equal(smsText('襄惠', '券快到期。', true), '【襄惠】券快到期。拒收请回复R')
  for (const text of ['R', ' r ', 'TD', '退订']) assert.ok(isUnsubscribe(text), text)
  for (const text of ['Are', '不要R', '']) assert.ok(!isUnsubscribe(text), text)
})
