import type { CampaignFault as Fault, CampaignRule as Rule } from '#room/campaigns'

// What is said alike of every campaign in which friends help. Pure.

export interface FriendTerms {
  helpsEach: number
  helpsPerDay: number
  helperTemplateId: string | null
}

/** What friends may do and get: published with the rules of the kind. */
export const friendRules = ({ helpsEach, helpsPerDay, helperTemplateId }: FriendTerms): Rule[] => [
  {
    title: '怎样算数',
    words: '朋友打开页面、看过说明和规则、自己点了按钮才算。只转发不算，也不要求转发。',
  },
  { title: '一人一次', words: '同一个人（同一账号、同一手机、同一手机号）只能帮一次，不能自己帮自己。' },
  { title: '帮几次', words: `一个人每天最多帮 ${helpsPerDay} 次，整个活动最多 ${helpsEach} 次。` },
  {
    title: '帮忙的朋友',
    words: helperTemplateId
      ? '每帮一次得一张券，是哪张写在按钮下面，人人一样；发完为止。'
      : '帮忙没有奖励，是情分。',
  },
]

export const friendFaults = ({ helpsEach, helpsPerDay }: FriendTerms): Fault[] =>
  helpsPerDay > helpsEach
    ? [
        {
          field: 'terms/helpsPerDay',
          code: 'helps_per_day',
          words: '每天能帮的次数不能多过整个活动的次数',
        },
      ]
    : []
