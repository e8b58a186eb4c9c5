import { GOODS, type Good } from './goods.ts'

/** What the home page opens with: the region's own things and what a family buys this week. */
const FEATURED = [
  '6999911000015', // 内丘苹果
  '6999917000071', // 猪肉大葱水饺
  '6999913000020', // 鲜牛奶
  '6999912000083', // 鲜鸡蛋
  '6999910000047', // 大白菜
  '6999911000145', // 信都板栗
  '6999914000098', // 陈醋
  '6999913000136', // 馒头
  '6999911000107', // 草莓
  '6999912000144', // 驴肉
  '6999915000066', // 每日坚果
  '6999916000096', // 杏仁露
]

/** Higher comes first: featured goods, then one of each zone in turn, each zone in its shelf order. */
export function rankOf(good: Good): number {
  const featured = FEATURED.indexOf(good.barcode)
  if (featured >= 0) return 1000 - featured
  const zoneMates = GOODS.filter(({ zone }) => zone === good.zone)
  return 900 - zoneMates.indexOf(good) * 10
}
