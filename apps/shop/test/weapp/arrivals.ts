import type { FloorRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AWAITED } from '../canned/arrivals.ts'
import { idOf } from '../canned/goods.ts'
import { refusal } from '../contract-server.ts'
import { words } from '../weapp-host/tree.ts'
import { withShop } from './running.ts'

const who = {
  id: idOf(800),
  account: 'clerk01',
  name: '店员一',
  role: 'clerk',
  storeIds: ['S01'],
  permissions: ['handovers.write', 'arrivals.write'],
}
const kept = (value: unknown) => JSON.stringify(JSON.stringify(value))
const clerk = () =>
  new Map([
    ['ll.staff', kept({ token: 'canned-staff', who })],
    ['ll.staff.store', kept({ id: 'S01', name: '襄都旗舰店' })],
  ])
type Body = Input<FloorRoutes['POST /staff/v1/stores/:storeId/arrivals']>['body']
const bodyOf = (asked: { body: unknown } | undefined) => asked?.body as Body
const ARRIVE = 'POST /staff/v1/stores/:storeId/arrivals'

/** What is awaited in the store, and what becomes of it when it comes. */
export function arrivalTests(root: string): void {
  describe('weapp · 到货', () => {
    test('from 待取 to goods that are awaited, counted, and set aside for those who wait', () =>
      withShop(
        root,
        async ({ host, news }) => {
          await host.open('/packages/staff/desk/index')
          await host.tap({ role: 'button', name: '到货' })
          assert.match(words(host.view()), /2 单在等，共 3 份；1 单还没付尾款/)
          assert.match(words(host.view()), /已经晚了/)
          await host.tap({ role: 'button', name: `${AWAITED.name}到货` })
          await host.tap({ role: 'button', name: '多一份' })
          await host.tap({ role: 'button', name: '多一份' })
          news()
          await host.tap({ role: 'button', name: '点过 2 份，给等的人留好' })
          const asked = news().find(({ route }) => route === ARRIVE)
          assert.deepEqual(
            [asked?.params, bodyOf(asked).campaignId, bodyOf(asked).skuId, bodyOf(asked).pieces],
            [{ storeId: 'S01' }, AWAITED.campaignId, AWAITED.skuId, 2],
          )
          assert.match(words(host.view()), /给 1 单留好了 2 份/)
          assert.match(words(host.view()), /还有 1 单 1 份没轮到/)
          await host.tap({ role: 'button', name: '再收一样' })
          assert.doesNotMatch(words(host.view()), new RegExp(AWAITED.name))
        },
        { storage: clerk() },
      ))

    test('a press that was refused goes again under its key; another number is another arrival', () => {
      let refuse = true
      return withShop(
        root,
        async ({ host, news }) => {
          await host.open('/packages/staff/arrivals/index')
          await host.tap({ role: 'button', name: `${AWAITED.name}到货` })
          await host.tap({ role: 'button', name: '正好 3 份，等的都齐了' })
          news()
          await host.tap({ role: 'button', name: '点过 3 份，给等的人留好' })
          assert.match(words(host.view()), /系统正忙/)
          await host.tap({ role: 'button', name: '点过 3 份，给等的人留好' })
          await host.tap({ role: 'button', name: '少一份' })
          refuse = false
          await host.tap({ role: 'button', name: '点过 2 份，给等的人留好' })
          const keys = news()
            .filter(({ route }) => route === ARRIVE)
            .map((each) => bodyOf(each).idempotencyKey)
          assert.equal(keys.length, 3)
          assert.equal(keys[0], keys[1])
          assert.notEqual(keys[1], keys[2])
        },
        {
          storage: clerk(),
          answers: {
            [ARRIVE]: () =>
              refuse
                ? refusal('orders.desk_full', 503)
                : { servedOrders: 1, servedPieces: 2, shortOrders: 0, shortPieces: 0 },
          },
        },
      )
    })

    test('goods that nobody took into stock serve nobody, and the page says why', () =>
      withShop(
        root,
        async ({ host }) => {
          await host.open('/packages/staff/arrivals/index')
          await host.tap({ role: 'button', name: '一周蔬菜箱到货' })
          assert.match(words(host.view()), /请店长先用收货单入库/)
          await host.tap({ role: 'button', name: '正好 3 份，等的都齐了' })
          await host.tap({ role: 'button', name: '点过 3 份，给等的人留好' })
          assert.match(words(host.view()), /一单也没留上/)
        },
        { storage: clerk() },
      ))
  })
}
