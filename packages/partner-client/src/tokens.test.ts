import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { couponOff, readCard, readCoupon, readDayPack, TokenFault, type TokenFaultReason } from './index.ts'

const AT = new Date('2026-11-23T09:00:00.000Z')
const [MEMBER, COUPON, TEMPLATE] = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]
const pair = (id: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: { id, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }, privateKey }
}
const ours = pair('abc123')
const theirs = pair('abc123')

const token = (kind: string, body: Buffer, by: { key: { id: string }; privateKey: KeyObject } = ours) => {
  const signed = `${kind}.${by.key.id}.${body.toString('base64url')}`
  return `${signed}.${sign(null, Buffer.from(signed), by.privateKey).toString('base64url')}`
}
const body = (ids: string[], secondsAgo: number): Buffer => {
  const seconds = Buffer.alloc(4)
  seconds.writeUInt32BE(AT.getTime() / 1000 - secondsAgo)
  return Buffer.concat([...ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')), seconds])
}
const steps = [{ atFen: 1000, atPieces: 0, offFen: 300, offBp: 0 }]
const pack = {
  version: 'v',
  storeId: 'S01',
  day: '2026-11-23',
  validUntil: '2026-11-24T04:00:00.000Z',
  keys: [ours.key],
  cardGoodSeconds: 60,
  couponGoodSeconds: 300,
  coupons: [{ templateId: TEMPLATE, label: '满10减3', steps, maxOffFen: null }],
}
const payload = JSON.stringify(pack)
const answer = (text = payload, by = ours) => ({
  payload: text,
  signature: token('LD1', createHash('sha256').update(payload).digest(), by),
  keys: [ours.key],
})
const faulty = (reason: TokenFaultReason) => (error: unknown) => {
  assert.ok(error instanceof TokenFault)
  assert.equal(error.reason, reason)
  return true
}

test('what the chain signed is read', async () => {
  assert.deepEqual(await readDayPack(answer(), { at: AT, storeId: 'S01' }), pack)
  const card = await readCard(pack, ` ${token('LM1', body([MEMBER], 59))}\n`, AT)
  assert.deepEqual(card, { memberId: MEMBER, newAt: new Date(AT.getTime() - 59_000) })
  const { offer, ...coupon } = await readCoupon(pack, token('LC1', body([COUPON, MEMBER, TEMPLATE], 300)), AT)
  assert.deepEqual(coupon, {
    couponId: COUPON,
    memberId: MEMBER,
    templateId: TEMPLATE,
    newAt: new Date(AT.getTime() - 300_000),
  })
  assert.equal(offer.label, '满10减3')
})

const cards: readonly [what: string, text: string, reason: TokenFaultReason][] = [
  ['a screenshot of two minutes ago', token('LM1', body([MEMBER], 120)), 'expired'],
  ['from tomorrow', token('LM1', body([MEMBER], -86_400)), 'ahead'],
  ['signed by somebody else', token('LM1', body([MEMBER], 0), theirs), 'forged'],
  ['a key we do not know', token('LM1', body([MEMBER], 0), pair('zzz999')), 'forged'],
  ['another kind under our signature', token('LC1', body([COUPON, MEMBER, TEMPLATE], 0)), 'unreadable'],
  ['too short', token('LM1', Buffer.alloc(8)), 'unreadable'],
  ['digits', '8600000001123456', 'unreadable'],
  ['nothing', '', 'unreadable'],
]
for (const [what, text, reason] of cards)
  test(`a card is refused · ${what}`, () => assert.rejects(readCard(pack, text, AT), faulty(reason)))
test('a card whose body was changed is refused', async () => {
  const [kind, id, , signature] = token('LM1', body([MEMBER], 0)).split('.')
  const changed = `${kind}.${id}.${body([COUPON], 0).toString('base64url')}.${signature}`
  await assert.rejects(readCard(pack, changed, AT), faulty('forged'))
})
test('a coupon that the pack does not offer waits for a line', async () => {
  const code = token('LC1', body([COUPON, MEMBER, COUPON], 0))
  await assert.rejects(readCoupon(pack, code, AT), faulty('not_offered'))
  const old = token('LC1', body([COUPON, MEMBER, TEMPLATE], 301))
  await assert.rejects(readCoupon(pack, old, AT), faulty('expired'))
})
test('a pack that was changed, that somebody else signed, of another store, or of yesterday is refused', async () => {
  const changed = payload.replace('"offFen":300', '"offFen":900')
  assert.notEqual(changed, payload)
  await assert.rejects(readDayPack(answer(changed), { at: AT }), faulty('forged'))
  await assert.rejects(readDayPack(answer(payload, theirs), { at: AT }), faulty('forged'))
  await assert.rejects(readDayPack(answer(), { at: AT, trusted: [theirs.key] }), faulty('forged'))
  await assert.rejects(readDayPack(answer(), { at: AT, storeId: 'S02' }), faulty('other_store'))
  await assert.rejects(readDayPack(answer(), { at: new Date(pack.validUntil) }), faulty('expired'))
})

const two = [...steps, { atFen: 5000, atPieces: 0, offFen: 0, offBp: 1000 }]
const offs: readonly [
  goodsFen: number,
  pieces: number,
  maxOffFen: number | null,
  all: typeof steps,
  off: number,
][] = [
  [999, 9, null, steps, 0],
  [1000, 1, null, steps, 300],
  [1000, 1, 200, steps, 200],
  [4999, 1, null, two, 300],
  [5009, 1, null, two, 500],
  [900_000_000, 1, null, two, 90_000_000],
  [200, 2, null, [{ atFen: 0, atPieces: 2, offFen: 300, offBp: 0 }], 199],
  [200, 1, null, [{ atFen: 0, atPieces: 2, offFen: 300, offBp: 0 }], 0],
  [0, 1, null, [{ atFen: 0, atPieces: 0, offFen: 300, offBp: 0 }], 0],
]
for (const [goodsFen, pieces, maxOffFen, all, off] of offs)
  test(`a coupon takes ${off} off ${goodsFen} fen in ${pieces}`, () =>
    assert.equal(
      couponOff({ templateId: TEMPLATE, label: '', steps: all, maxOffFen }, { goodsFen, pieces }),
      off,
    ))
