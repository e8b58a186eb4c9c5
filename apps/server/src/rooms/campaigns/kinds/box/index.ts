import type { CampaignFault as Fault, CampaignTermsOf as TermsOf, Deal, Kind } from '#room/campaigns'
import { type BoxPlan, mostOf, perWeekOf, type Week, weeksOf } from './calendar.ts'

const WHOLE_BP = 10_000
const DAYS = ['一', '二', '三', '四', '五', '六', '日'] as const
const dayName = (weekday: number): string => `周${DAYS[weekday - 1] ?? ''}`

function faults(plan: BoxPlan): Fault[] {
  const { items } = plan
  const weeks = weeksOf(plan).length
  if (weeks === 0)
    return [{ field: 'endsAt', code: 'box_no_week', words: '这段时间里一周也订不到，请把活动放长' }]
  const found: Fault[] = []
  if (items.length > 1)
    found.push({ field: 'items', code: 'box_one_item', words: '一场周期购只卖一种箱：多样商品请先做成套餐' })
  if (plan.perMember < weeks)
    found.push({
      field: 'perMember',
      code: 'box_limit',
      words: `一共 ${weeks} 周，每人限购至少 ${weeks} 件，一周一份`,
    })
  for (const [i, { quotas }] of items.entries())
    for (const [j, { quota }] of quotas.entries())
      if (quota < weeks)
        found.push({
          field: `items/${i}/quotas/${j}/quota`,
          code: 'box_quota',
          words: `一共 ${weeks} 周，数量至少 ${weeks} 份，一周一份`,
        })
  return found
}

/** What is agreed with whoever has an order in this week: paid at once, taken back until then, there on that day. */
export const weekDeal = ({ payUntil, pickupFrom, promisedBy }: Week): Deal & { depositBp: null } => ({
  called: null,
  depositBp: null,
  balanceFrom: null,
  balanceUntil: null,
  cutoff: payUntil,
  pickupFrom,
  promisedBy,
})

/** Boxes every week (domain handbook §1, row 129): ordered for whoever subscribed, never paid ahead, on the shelf of nobody until they are there. */
export const box: Kind<TermsOf<'box'>> = {
  label: '周期购价',
  fromShelf: false,
  faults,
  releasedBp: ({ startsAt }, at) => (at >= startsAt ? WHOLE_BP : 0),
  // Days of the week stay where they are.
  moved: (terms) => terms,
  payment: ({ terms }) =>
    `每周下单后付，${dayName(terms.weekday)}的前一天 ${terms.payUntilHour}:00 截止；不预收，也不自动扣款`,
  rules: (plan) => {
    const { weekday, ordersDaysBefore, payUntilHour } = plan.terms
    const stores = plan.items[0]?.quotas.map(({ storeId }) => perWeekOf(plan, storeId)) ?? []
    return [
      {
        title: '每周一份',
        words: `每周${DAYS[weekday - 1] ?? ''} 9:00 起到店取，一共 ${weeksOf(plan).length} 周，每人每周最多 ${mostOf(plan)} 份`,
      },
      { title: '下单', words: `提前 ${ordersDaysBefore} 天早上 9:00 替您下单，并告诉您；您付了款才备货` },
      {
        title: '没付款',
        words: `前一天 ${payUntilHour}:00 还没付，这一周作废，不收任何费用；连续两周没付就暂停，想要了再恢复`,
      },
      {
        title: '跳过和暂停',
        words: '下单之前随时可以跳过一周、暂停、换门店、改份数、不再要了；暂停后名额让给别人',
      },
      { title: '取消', words: `已付的这一周，前一天 ${payUntilHour}:00 之前可以自己取消，全部退回` },
      { title: '名额', words: `每家门店每周最多备 ${[...new Set(stores)].join('、')} 份，订满为止` },
    ]
  },
}
