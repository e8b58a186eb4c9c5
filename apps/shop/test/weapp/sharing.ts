import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CAMPAIGN_ID, GROUP, GROUP_CAMPAIGN, GROUP_ID } from '../canned/campaigns.ts'
import { goods, idOf } from '../canned/goods.ts'
import { STORE } from '../canned/shop.ts'
import type { Answers } from '../contract-server.ts'
import { findAll, textAttribute, words } from '../weapp-host/tree.ts'
import { withShop } from './running.ts'

const KEY = 'ABCDEFGHJKLM'
const subject = { kind: 'product', id: goods(7).id }
const landing = { subject, storeId: STORE.id, storeName: STORE.name, promoterKey: null }
const answers: Answers = {
  'POST /v1/shares': () => ({
    key: KEY,
    subject,
    storeId: STORE.id,
    title: '沃柑 约1kg ¥10.90/份',
    card: `/share-pictures/${KEY}/card.jpg`,
    poster: `/share-pictures/${KEY}/poster.jpg`,
  }),
  'POST /v1/share-opens': () => landing,
  'POST /v1/me/share-opens': () => ({ kept: 1 }),
}
const who = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const member = () => new Map([['ll.member', JSON.stringify(JSON.stringify({ token: 'canned-token', who }))]])
const PRODUCT = `/packages/goods/product/index?id=${goods(7).id}`

interface Message {
  title: string
  path: string
  imageUrl?: string
  promise?: Promise<Message>
}

const OF_GROUP: Answers = {
  ...answers,
  'GET /v1/stores/:storeId/campaigns': () => ({ items: [GROUP_CAMPAIGN] }),
  'GET /v1/campaigns/:campaignId': () => GROUP_CAMPAIGN,
  'GET /v1/groups/:groupId': () => GROUP,
  'POST /v1/shares': ({ body }) => ({
    key: KEY,
    subject: body.subject,
    storeId: body.storeId,
    title: '一起拼：沃柑 约1kg 拼团价 ¥8.90',
    card: `/share-pictures/${KEY}/card.jpg`,
    poster: `/share-pictures/${KEY}/poster.jpg`,
  }),
}
const GROUP_PAGE = `/packages/campaign/group/index?id=${GROUP_ID}`

/** Passing things on, and coming by what was passed on. */
export function sharingTests(root: string): void {
  describe('weapp · sharing', () => {
    test('分享 shows the poster, and the message to friends carries the key and the card', () =>
      withShop(
        root,
        async ({ host, news }) => {
          await host.open(PRODUCT)
          news()
          await host.tap({ role: 'button', name: '分享' })
          const asked = news().find(({ route }) => route === 'POST /v1/shares')
          assert.deepEqual((asked?.body as { subject: unknown } | undefined)?.subject, subject)
          const poster = findAll(host.view(), { class: 'll-img' }).map((node) => textAttribute(node, 'src'))
          assert.ok(poster.some((src) => src.endsWith(`/share-pictures/${KEY}/poster.jpg`)))
          assert.match(words(host.view()), /发给微信好友.*存海报/)
          const message = (await host.ask('onShareAppMessage', { from: 'button' })) as Message
          assert.equal(message.title, '沃柑 约1kg ¥10.90/份')
          assert.equal(message.path, `${PRODUCT}&s=${KEY}`)
          assert.match(message.imageUrl ?? '', /share-pictures\/ABCDEFGHJKLM\/card\.jpg$/)
        },
        { storage: member(), answers },
      ))

    test('WeChat’s own menu makes a share for a member, and hands on the one a guest came by', async () => {
      await withShop(
        root,
        async ({ host }) => {
          await host.open(PRODUCT)
          const message = (await host.ask('onShareAppMessage', { from: 'menu' })) as Message
          assert.equal((await message.promise)?.path, `${PRODUCT}&s=${KEY}`)
        },
        { storage: member(), answers },
      )
      await withShop(
        root,
        async ({ host }) => {
          await host.open(`${PRODUCT}&s=${KEY}`)
          const message = (await host.ask('onShareAppMessage', { from: 'menu' })) as Message
          assert.deepEqual([message.path, message.promise], [`${PRODUCT}&s=${KEY}`, undefined])
        },
        { answers },
      )
    })

    test('a message of a friend opens the thing, and the opening is noted with this telephone', () =>
      withShop(
        root,
        async ({ host, news }) => {
          news()
          await host.open(`${PRODUCT}&s=${KEY}`)
          const noted = news().find(({ route }) => route === 'POST /v1/share-opens')
          const sent = noted?.body as { key: string; device: string } | undefined
          assert.equal(sent?.key, KEY)
          assert.match(sent?.device ?? '', /^[A-Za-z0-9]{16,64}$/)
          assert.match(words(host.view()), /沃柑 约1kg/)
        },
        { answers },
      ))

    test('a group: who joined by a message hands on their own share of it, to friends and to 朋友圈', () =>
      withShop(
        root,
        async ({ host, news }) => {
          await host.open(`${GROUP_PAGE}&s=${KEY}`)
          const noted = news().filter(({ route }) => route === 'POST /v1/share-opens')
          assert.equal(noted.length, 1)
          const message = (await host.ask('onShareAppMessage', { from: 'menu' })) as Message
          assert.equal((await message.promise)?.path, `${GROUP_PAGE}&s=${KEY}`)
          const asked = news().find(({ route }) => route === 'POST /v1/shares')
          assert.deepEqual((asked?.body as { subject: unknown } | undefined)?.subject, {
            kind: 'group',
            id: GROUP_ID,
          })
          const moment = (await host.ask('onShareTimeline')) as { title: string; query: string }
          assert.match(moment.title, /拼团价/)
          assert.match(moment.query, new RegExp(`^id=${GROUP_ID}`))
        },
        { storage: member(), answers: OF_GROUP },
      ))

    test('the code on a poster of a campaign opens the page of its kind; 首页 and the product say that it runs', () =>
      withShop(
        root,
        async ({ host }) => {
          assert.equal(host.page().route, 'packages/campaign/group/index')
          await host.back()
          assert.match(words(host.view()), /邻里一起买.*3 人拼团/)
          await host.open(PRODUCT)
          assert.match(words(host.view()), /3 人拼团 ¥/)
        },
        {
          scene: `s.${KEY}`,
          answers: {
            ...OF_GROUP,
            'POST /v1/share-opens': () => ({ ...landing, subject: { kind: 'campaign', id: CAMPAIGN_ID } }),
          },
        },
      ))

    test('a promoter sees what a piece brings; a friend who signs in after a promoter’s share came by their link', async () => {
      await withShop(
        root,
        async ({ host }) => {
          await host.open(PRODUCT)
          assert.match(words(host.view()), /您最多得 ¥\d/)
        },
        { storage: member(), answers: OF_GROUP },
      )
      await withShop(
        root,
        async ({ host, news }) => {
          await host.open(`${PRODUCT}&s=${KEY}`)
          const bound = news().find(({ route }) => route === 'POST /v1/promoter-bindings')
          assert.deepEqual(bound?.body, { key: 'AbCdEfGh2345' })
        },
        {
          storage: member(),
          answers: {
            ...answers,
            'POST /v1/share-opens': () => ({ ...landing, promoterKey: 'AbCdEfGh2345' }),
            'POST /v1/promoter-bindings': () => ({ bound: true, name: '王*' }),
          },
        },
      )
    })
  })
}
