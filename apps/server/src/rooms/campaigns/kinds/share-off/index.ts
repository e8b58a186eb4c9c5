import type { CampaignFault as Fault, CampaignPlan, CampaignTermsOf, Kind } from '#room/campaigns'

type ShareOffPlan = CampaignPlan<CampaignTermsOf<'share_off'>>

function faults({ terms, items }: ShareOffPlan): Fault[] {
  const found: Fault[] = []
  const { act, friendTemplateId, templateId } = terms
  if (items.length > 0)
    found.push({ field: 'items', code: 'share_no_items', words: '分享立减送的是券，不卖商品：请去掉商品' })
  if (act === 'claim' && friendTemplateId === null)
    found.push({ field: 'terms/friendTemplateId', code: 'share_claim_what', words: '请选朋友来领的券' })
  if (friendTemplateId === templateId)
    found.push({
      field: 'terms/friendTemplateId',
      code: 'share_same_coupon',
      words: '给朋友的券和给分享人的券要分开建，预算才算得清',
    })
  return found
}

/** Share reward (domain handbook §2.4): a coupon for whoever brought somebody who did something. There is no reward for sharing, nor a way to say one. */
export const shareOff: Kind<CampaignTermsOf<'share_off'>> = {
  label: '分享立减',
  fromShelf: true,
  faults,
  releasedBp: () => 0,
  moved: (terms) => terms,
  rules: ({ terms: { act, days, newOnly, mostEach, friendTemplateId } }) => [
    {
      title: '怎样得券',
      words:
        act === 'buy'
          ? `朋友从您的分享打开、点了「我来看看」，${days} 天内下单并取走，您得一张券，是哪张写在页面上。`
          : '朋友从您的分享打开、自己点了领券，您得一张券，是哪张写在页面上。',
    },
    { title: '分享本身', words: '只转发没有奖励，也不要求转发；朋友做了上面的事才有。' },
    { title: '哪些朋友', words: newOnly ? '没在我们这里买过东西的朋友。' : '新老朋友都算。' },
    {
      title: '算几次',
      words: `每位朋友（同一账号、同一手机、同一手机号）只算一次，先打开谁的就算谁的，不能自己算自己。一个人最多得 ${mostEach} 张，券发完为止。`,
    },
    {
      title: '朋友得什么',
      words: friendTemplateId ? '点一下就得一张券，人人一样，发完为止。' : '没有另外的券。',
    },
    ...(act === 'buy' ? [{ title: '退款', words: '朋友那一单全退了，还没用的券收回。' }] : []),
  ],
}
