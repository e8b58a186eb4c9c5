import type { WechatConfig } from '#kernel/config'
import { type Kind, KINDS } from './kinds.ts'
import { fitted, isKeyword } from './wechat-values.ts'

/** A template that the merchant picked at WeChat: its id, and which of our fields each of its keywords shows. */
export interface WechatTemplate {
  id: string
  keywords: readonly (readonly [keyword: string, field: string])[]
}
export type WechatTemplates = ReadonlyMap<Kind, WechatTemplate>

const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name)

function faultsOf(kind: string, fields: Readonly<Record<string, string>>): string[] {
  if (!isKind(kind)) return [`there is no kind of message called ${kind}`]
  return Object.entries(fields).flatMap(([keyword, field]) => [
    ...(isKeyword(keyword) ? [] : [`${kind}: ${keyword} is no keyword of a WeChat template`]),
    ...(KINDS[kind].fields.some(({ name }) => name === field) ? [] : [`${kind} knows nothing of ${field}`]),
  ])
}

/** The templates of the merchant file. Throws when it names what there is not: WeChat would refuse every message of that kind. */
export function readWechatTemplates({ subscribeTemplates = {} }: WechatConfig): WechatTemplates {
  const named = Object.entries(subscribeTemplates)
  const faults = named.flatMap(([kind, { fields }]) => faultsOf(kind, fields))
  if (faults.length > 0) throw new Error(`WECHAT_FILE subscribeTemplates: ${faults.join('; ')}`)
  return new Map(
    named.map(([kind, { id, fields }]) => [kind as Kind, { id, keywords: Object.entries(fields) }]),
  )
}

const PAGES = {
  order: 'packages/order/order/index?id=',
  aftersale: 'packages/aftersale/detail/index?id=',
  product: 'packages/goods/product/index?id=',
  group: 'packages/campaign/group/index?id=',
  coupons: 'packages/account/coupons/index',
  rally: 'packages/friends/rally/index?id=',
  box: 'packages/boxes/box/index?id=',
  campaigns: 'pages/home/index',
  promoter: 'packages/promoter/center/index',
} as const

/** The body of `subscribe/send`. */
export const subscribeMessage = (
  template: WechatTemplate,
  message: { page: keyof typeof PAGES; pageId: string | null; fields: Readonly<Record<string, string>> },
  openid: string,
): object => ({
  touser: openid,
  template_id: template.id,
  page: PAGES[message.page] + (PAGES[message.page].endsWith('=') ? (message.pageId ?? '') : ''),
  lang: 'zh_CN',
  data: Object.fromEntries(
    template.keywords.map(([keyword, field]) => [
      keyword,
      { value: fitted(keyword, message.fields[field] ?? '') },
    ]),
  ),
})
