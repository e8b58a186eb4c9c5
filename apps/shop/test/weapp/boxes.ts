import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BOX_CAMPAIGN_ID, BOX_ID } from '../canned/boxes.ts'
import { idOf } from '../canned/goods.ts'
import { words } from '../weapp-host/tree.ts'
import { withShop } from './running.ts'

const who = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const member = () => new Map([['ll.member', JSON.stringify(JSON.stringify({ token: 'canned-token', who }))]])

/** Subscribing to a box, and what its member does with it afterwards. */
export function boxTests(root: string): void {
  describe('weapp · 周期购', () => {
    test('subscribed with one press, paid nothing, and on the page of the box', () =>
      withShop(
        root,
        async ({ host, news }) => {
          await host.open(`/packages/boxes/offer/index?id=${BOX_CAMPAIGN_ID}&store=S01`)
          assert.match(words(host.view()), /11 月 28 日 周六/)
          assert.match(words(host.view()), /还有 7 个名额/)
          news()
          await host.tap({ role: 'button', name: '每周订 1 份，每周 ¥59.00' })
          const asked = news().find(({ route }) => route === 'POST /v1/boxes')
          assert.deepEqual(asked?.body, { campaignId: BOX_CAMPAIGN_ID, storeId: 'S01', quantity: 1 })
          assert.equal(host.page().route, 'packages/boxes/box/index')
        },
        { storage: member() },
      ))

    test('a week is skipped and taken back; paused, resumed, moved, and ended after a second look', () =>
      withShop(
        root,
        async ({ host }) => {
          await host.open(`/packages/boxes/box/index?id=${BOX_ID}`)
          await host.tap({ role: 'button', name: '跳过 11 月 28 日 周六' })
          assert.match(words(host.view()), /这一周不要/)
          await host.tap({ role: 'button', name: '还是要 11 月 28 日 周六' })
          await host.tap({ role: 'button', name: '暂停' })
          assert.match(words(host.view()), /名额让给了别人/)
          await host.tap({ role: 'button', name: '恢复' })
          await host.tap({ role: 'button', name: '不再订了' })
          await host.tap({ role: 'button', name: '确定不再订，已下的单不变' })
          assert.match(words(host.view()), /想要可以重新订/)
        },
        { storage: member() },
      ))
  })
}
