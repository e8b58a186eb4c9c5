import type { CampaignTermsOf, Kind } from '#room/campaigns'

/** Assist (domain handbook §2.4): so many friends help, and whoever asked them has a coupon. It sells nothing. */
export const assist: Kind<CampaignTermsOf<'assist'>> = {
  fromShelf: true,
  label: '助力',
  faults: ({ items }) =>
    items.length > 0
      ? [{ field: 'items', code: 'assist_no_items', words: '助力送的是券，不卖商品：请去掉商品' }]
      : [],
  releasedBp: () => 0,
  moved: (terms) => terms,
  rules: ({ terms, perMember }) => [
    {
      title: '要几位朋友',
      words: `正好 ${terms.helpers} 位朋友助力，发起的人得一张券，是哪张写在页面上。没有随机，也不抽奖。`,
    },
    { title: '多久', words: `发起后 ${terms.hours} 小时内；没凑够就结束。活动结束时也结束。` },
    { title: '几次', words: `每人最多得 ${perMember} 次。券有总数，发完为止；发完后助力不再给券。` },
  ],
}
