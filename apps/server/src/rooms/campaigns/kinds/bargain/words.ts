import { yuan } from '#kernel/money'
import type { CampaignRule as Rule } from '#room/campaigns'
import { tableRows, type Terms } from './table.ts'

/** 90 → `1 小时 30 分钟`. */
export function spanWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 || hours === 0 ? `${rest} 分钟` : '']
    .filter(Boolean)
    .join(' ')
}

/** What is published of a bargain besides what holds of every campaign and of all friends. */
export function bargainRules(terms: Terms): Rule[] {
  const rows = tableRows(terms)
  const floor = rows.at(-1)?.priceFen ?? terms.startFen
  const table = rows.map((row) => `第 ${row.helper} 位砍 ¥${yuan(row.cutFen)}，到 ¥${yuan(row.priceFen)}`)
  return [
    {
      title: '要几位朋友',
      words: `正好 ${terms.cuts.length} 位。从 ¥${yuan(terms.startFen)} 砍到 ¥${yuan(floor)}，不多不少，没有随机。`,
    },
    { title: '每位砍多少', words: `${table.join('；')}。` },
    {
      title: '多久',
      words: `开始后 ${terms.hours} 小时内；最晚在活动结束前 ${spanWords(terms.holdMinutes)} 停止。没砍到底价就结束，不收任何钱。`,
    },
    {
      title: '留货',
      words: `开始时不占库存。砍到底价的那一刻留出一件，留 ${spanWords(terms.holdMinutes)}；过时没下单，货让给别人，这次砍价作废。`,
    },
    { title: '没货时', words: '可砍的货都被留走时，朋友暂时不能帮砍；有人放回来就能继续。' },
    {
      title: '下单',
      words: '砍到底价才能按底价买，价钱定在底价不再变。没付款关闭的，留货时间内还能再下。',
    },
  ]
}
