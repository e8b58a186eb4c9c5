// domain 2.10 and row 75: a member is known at the counter by a card that changes, and by nothing that was written down.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { createMembers, judgeCard, type Members } from '../../src/rooms/members/index.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let clerk: LinliApi
let serial = 500
before(async () => {
  world = await openWorld()
})
after(() => world.close())
// Somebody new each time, and a lock that is over: tests do not meet each other's guesses.
beforeEach(async () => {
  await world.advance(660)
  shopper = await newcomer()
  clerk = await world.staff('clerk01', 'floor')
})

async function newcomer(): Promise<Shopper> {
  const name = `shopper-0${++serial}`
  const made = await world.member(name)
  const phone = `1990000${String(serial).padStart(4, '0')}`
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper: name, phone })
  await made.api('PUT /v1/me/phone', { body: { code } })
  return made
}
/** The door that other rooms have, as it stands now. */
const door = (): Promise<Members> => createMembers(world.ctx, { staff: { requireScope() {} } })
const cardKeys = async () => (await door()).cardKeys()
const card = ({ api }: Shopper = shopper) => api('GET /v1/me/card')
type Seen = { cardCode: string } | { phoneTail: string; code: string }
const ask = (shown: Seen, storeId = 'S01', by = clerk) =>
  by('POST /staff/v1/member-identifications', { body: { storeId, shown } })
const spoken = async () => {
  const { phoneTail, code } = await card()
  assert.ok(phoneTail)
  return { phoneTail, code }
}

test('bars, QR, and the six digits beside the phone tail all say who it is, masked', async () => {
  const { digits, qr } = await card()
  const said = await spoken()
  for (const shown of [{ cardCode: digits }, { cardCode: qr }, said]) {
    const found = await ask(shown)
    assert.equal(found.id, shopper.memberId)
    assert.equal(found.phoneTail, said.phoneTail)
    assert.match(found.name, /\*/)
  }
})

test('domain 2.10: a screenshot is dead 60 seconds after what it shows was new, offline too', async () => {
  const { digits, qr, now } = await card()
  const said = await spoken()
  const born = Math.floor(Date.parse(now) / 30_000) * 30_000
  const keys = await cardKeys()
  assert.deepEqual(judgeCard(qr, keys, new Date(now)), { verdict: 'fits', memberId: shopper.memberId })
  await world.advance((born + 59_500 - Date.parse(now)) / 1000)
  await ask({ cardCode: digits })
  await world.advance(1)
  for (const shown of [{ cardCode: digits }, { cardCode: qr }, said])
    await refused(ask(shown), 'members.card_expired')
  assert.equal(judgeCard(qr, keys, world.clock.now()).verdict, 'expired')
  assert.notEqual((await card()).digits, digits)
})

test('a till that was offline says when it read a card, and is believed for the signed QR alone', async () => {
  const { digits, qr } = await card()
  const at = world.clock.now()
  await world.advance(7200)
  const members = await door()
  const asker = { device: 'till:1', storeId: 'S01', at }
  assert.equal(await members.identify({ cardCode: qr }, asker), shopper.memberId)
  await assert.rejects(members.identify({ cardCode: digits }, asker), {
    code: 'members.card_forged',
  })
})

test('what is not ours, touched, or of a blocked member is refused by name', async () => {
  const { digits, qr } = await card()
  const touched = digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10)
  await refused(ask({ cardCode: touched }), 'members.card_forged')
  await refused(ask({ cardCode: qr.replace(/.{20}$/, 'A'.repeat(20)) }), 'members.card_forged')
  await refused(ask({ cardCode: '6999911000015' }), 'members.card_unknown')
  await refused(ask({ phoneTail: '0000', code: '123456' }), 'members.card_unknown')
  await refused(ask({ cardCode: digits }, 'S02'), 'staff.out_of_scope')
  await world.ctx.database.pool.query('update member set blocked = true where id = $1', [shopper.memberId])
  await refused(ask({ cardCode: digits }), 'members.blocked')
})

test('domain 2.10: whoever guesses is locked, also when the guesses come together; another device is not', async () => {
  const guesses = await Promise.allSettled(
    Array.from({ length: 25 }, (_, i) => ask({ phoneTail: '0000', code: String(i).padStart(6, '0') })),
  )
  const codes = guesses.map((guess) =>
    guess.status === 'rejected' && guess.reason instanceof ApiProblem ? guess.reason.problem.code : 'found',
  )
  assert.equal(codes.filter((code) => code === 'members.card_unknown').length, 10)
  assert.equal(codes.filter((code) => code === 'members.card_locked').length, 15)
  const { digits } = await card()
  await refused(ask({ cardCode: digits }), 'members.card_locked')
  const other = await world.staff('s01', 'floor')
  assert.equal((await ask({ cardCode: digits }, 'S01', other)).id, shopper.memberId)
})

test('two members with one phone tail are told apart, unless their codes are the same', async () => {
  const second = await newcomer()
  const { phoneTail, code } = await card()
  assert.ok(phoneTail)
  await world.ctx.database.pool.query('update member set phone_tail = $2 where id = $1', [
    second.memberId,
    phoneTail,
  ])
  assert.equal((await ask({ phoneTail, code })).id, shopper.memberId)
  const theirs = await card(second)
  assert.equal((await ask({ phoneTail, code: theirs.code })).id, second.memberId)
})

test('the next key is published two days before it signs; what the old one signed stays good a month', async () => {
  const [first] = await cardKeys()
  const { qr } = await card()
  const at = world.clock.now()
  await world.advance(88 * 86_400)
  await world.sweep('members.keys')
  await world.sweep('members.keys')
  assert.equal((await cardKeys()).length, 2, 'published once')
  shopper = await newcomer()
  assert.equal((await card()).qr.split('.')[1], first?.id)
  await world.advance(2 * 86_400)
  shopper = await newcomer()
  assert.notEqual((await card()).qr.split('.')[1], first?.id)
  assert.equal(judgeCard(qr, await cardKeys(), at).verdict, 'fits')
  await world.advance(31 * 86_400)
  await world.sweep('members.keys')
  assert.deepEqual(
    (await cardKeys()).filter(({ id }) => id === first?.id),
    [],
  )
  const sealed = await rows<{ same: boolean }>(
    world,
    `select sealed::text like '%' || public_key || '%' as same from chain_key`,
  )
  assert.ok(sealed.every(({ same }) => !same))
})
