import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  campaignGone,
  type CampaignStock,
  type Claim,
  type DeskClaim,
  nextSlots,
  returnPieces,
  takePieces,
} from './claims.ts'

const T0 = new Date('2026-11-22T00:00:00Z')
const at = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000)
const KEY = { campaignId: 'c', storeId: 'S01', skuId: 's' }

test('domain 2.2: whatever is taken and given back, nobody has more than the limit and taken ≤ released ≤ carved ≤ quota', () => {
  const step = fc.record({
    member: fc.integer({ min: 0, max: 3 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    giveBack: fc.boolean(),
    minute: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(step, { maxLength: 40 }),
      (quota, short, perMember, steps) => {
        const carved = Math.max(0, quota - short)
        const stock: CampaignStock = {
          ...KEY,
          quota,
          carved,
          released: 0,
          taken: 0,
          from: T0,
          until: at(60),
          open: true,
          paused: false,
        }
        const slots = new Map<number, Map<number, string>>()
        const claims: (DeskClaim & { member: number })[] = []
        let now = 0
        let shelf = 0
        for (const [i, { member, quantity, giveBack, minute }] of steps.entries()) {
          now += minute
          const mine = slots.get(member) ?? new Map<number, string>()
          slots.set(member, mine)
          const [oldest] = claims
          if (giveBack && oldest) {
            claims.shift()
            if (!returnPieces(stock, oldest, { at: at(now) })) shelf += oldest.quantity
            for (const [slot, orderId] of slots.get(oldest.member) ?? [])
              if (orderId === oldest.orderId) slots.get(oldest.member)?.delete(slot)
          } else {
            const releasedBp = Math.min(10_000, now * 1000)
            const claim: Claim = {
              ...KEY,
              quantity,
              perMember,
              payMinutes: 8,
              releasedBp,
              rallyId: null,
              parts: [],
              presale: null,
            }
            if (campaignGone(stock, claim, mine, at(now))) continue
            takePieces(stock, claim)
            for (const slot of nextSlots(mine, claim)) mine.set(slot, String(i))
            claims.push({
              ...KEY,
              member,
              orderId: String(i),
              memberId: String(member),
              quantity,
              rallyId: null,
              state: 'TAKEN',
              groupId: null,
              at: at(now),
            })
          }
          assert.ok(stock.taken >= 0 && stock.taken <= stock.released, 'taken ≤ released')
          assert.ok(
            stock.released <= stock.carved && stock.carved <= stock.quota,
            'released ≤ carved ≤ quota',
          )
          assert.equal(
            stock.taken,
            claims.reduce((sum, each) => sum + each.quantity, 0),
          )
          assert.equal(stock.carved + shelf, carved, 'what left the campaign is on the shelf')
          for (const each of slots.values())
            assert.ok(each.size <= perMember && [...each.keys()].every((slot) => slot <= perMember))
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('domain 2.2: nothing is sold before its first instant, from its last one on, or of a campaign that is not open, or beyond the limit of a member', () => {
  const stock: CampaignStock = {
    ...KEY,
    quota: 2,
    carved: 2,
    released: 0,
    taken: 0,
    from: at(10),
    until: at(60),
    open: true,
    paused: false,
  }
  const claim: Claim = {
    ...KEY,
    quantity: 1,
    perMember: 1,
    payMinutes: 5,
    releasedBp: 10_000,
    rallyId: null,
    presale: null,
    parts: [],
  }
  const gone = (now: Date, over: Partial<CampaignStock> = {}) =>
    campaignGone({ ...stock, ...over }, claim, new Map(), now)?.problem.code
  const instant = (minutes: number) => new Date(at(minutes).getTime() - 1)
  assert.deepEqual(
    [gone(instant(10)), gone(at(10)), gone(instant(60)), gone(at(60))],
    ['campaigns.not_now', undefined, undefined, 'campaigns.not_now'],
  )
  assert.deepEqual(
    [gone(at(20), { open: false }), gone(at(20), { paused: true })],
    ['campaigns.not_now', 'campaigns.paused'],
  )
  assert.equal(campaignGone(undefined, claim, new Map(), at(20))?.problem.code, 'campaigns.not_now')
  const taken = (pieces: number, perMember: number) =>
    campaignGone(
      stock,
      { ...claim, perMember },
      new Map(Array.from({ length: pieces }, (_, i) => [i + 1, 'o'])),
      at(20),
    )?.problem.code
  assert.deepEqual(
    [taken(0, 1), taken(1, 1), taken(1, 2), taken(2, 2)],
    [undefined, 'campaigns.limit_reached', undefined, 'campaigns.limit_reached'],
  )
})
