/** A desk that exists. The sider, the keyboard list and the help are all drawn from this table. */
export interface Desk {
  path: string
  name: string
  /** `g` and this letter go there. */
  letter: string
  permission?: string
  /** Shows how many payments wait for a person. */
  alarms?: true
}

export interface DeskGroup {
  /** One character in the margin, as in a ledger: today, goods, customers, place, accounts, administration. */
  mark: '今' | '货' | '客' | '场' | '账' | '管'
  title: string
  desks: readonly Desk[]
}

export const deskGroups: readonly DeskGroup[] = [
  {
    mark: '今',
    title: '今天',
    desks: [
      { path: '/', name: '工作台', letter: 't' },
      { path: '/orders', name: '订单', letter: 'o', permission: 'orders.read' },
      { path: '/aftersales', name: '售后', letter: 'r', permission: 'aftersales.read' },
    ],
  },
  {
    mark: '货',
    title: '货品',
    desks: [
      { path: '/goods', name: '商品', letter: 'p', permission: 'goods.read' },
      { path: '/stock', name: '库存', letter: 's', permission: 'stock.read' },
    ],
  },
  {
    mark: '客',
    title: '顾客',
    desks: [
      { path: '/members', name: '会员', letter: 'u', permission: 'cards.read' },
      { path: '/audiences', name: '人群', letter: '2', permission: 'audiences.read' },
      { path: '/drops', name: '定向发券', letter: '3', permission: 'drops.read' },
      { path: '/coupons', name: '优惠券', letter: 'c', permission: 'coupons.read' },
      { path: '/points', name: '积分', letter: 'i', permission: 'points.read' },
      { path: '/messages', name: '消息', letter: 'g', permission: 'messages.read' },
      { path: '/rewards', name: '任务', letter: 'k', permission: 'rewards.read' },
      { path: '/guidance', name: '推广', letter: 'd', permission: 'promoters.read' },
    ],
  },
  {
    mark: '场',
    title: '场子',
    desks: [
      { path: '/campaigns', name: '活动', letter: 'a', permission: 'campaigns.read' },
      { path: '/price-rules', name: '促销', letter: 'm', permission: 'goods.read' },
      { path: '/presales', name: '预售到货', letter: '8', permission: 'orders.read' },
    ],
  },
  {
    mark: '账',
    title: '账目',
    desks: [
      { path: '/reconciliation', name: '财务对账', letter: 'b', permission: 'reconciliation.read' },
      { path: '/takings', name: '收款汇总', letter: 'n', permission: 'payments.read' },
      { path: '/counter', name: '柜台收退', letter: 'x', permission: 'counter.read' },
      { path: '/stored-value', name: '储值余额', letter: 'v', permission: 'value.read' },
      { path: '/alarms', name: '收付款核对', letter: 'e', permission: 'payments.read', alarms: true },
      { path: '/till-conflicts', name: '收银冲突', letter: 'q', permission: 'tills.read' },
      { path: '/store-dues', name: '门店往来', letter: 'w', permission: 'aftersales.read' },
    ],
  },
  {
    mark: '管',
    title: '管理',
    desks: [
      { path: '/stores', name: '门店', letter: 'l' },
      { path: '/feeds', name: '数据同步', letter: 'j', permission: 'feeds.read' },
      { path: '/webhooks', name: '消息推送', letter: 'z', permission: 'partners.read' },
      { path: '/staff', name: '员工', letter: 'y', permission: 'staff.write' },
      { path: '/partners', name: '开放平台', letter: 'f', permission: 'partners.read' },
      { path: '/audit', name: '操作记录', letter: 'h', permission: 'audit.read' },
    ],
  },
]

/** The groups with the desks this person may open; empty groups are left out. */
export const desksFor = (permissions: readonly string[]): DeskGroup[] =>
  deskGroups
    .map((group) => ({
      ...group,
      desks: group.desks.filter((desk) => !desk.permission || permissions.includes(desk.permission)),
    }))
    .filter((group) => group.desks.length > 0)
