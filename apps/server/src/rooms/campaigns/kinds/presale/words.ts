import { momentWords } from '#kernel/clock'
import type { CampaignPlan as Plan, CampaignRule as Rule, CampaignTermsOf as TermsOf } from '#room/campaigns'

type Terms = TermsOf<'presale'>

const moment = (at: string): string => momentWords(new Date(at))
const percent = (bp: number): string => `${bp / 100}%`

const NAMES = { advance: '预付款', earnest: '定金' } as const

function depositRules({ deposit }: Terms): Rule[] {
  if (!deposit) return [{ title: '付款', words: '下单付全款' }]
  const name = NAMES[deposit.called]
  return [
    { title: name, words: `下单先付 ${percent(deposit.bp)} 的${name}，算到价款里` },
    {
      title: '尾款',
      words: `${moment(deposit.balanceFrom)} 到 ${moment(deposit.balanceUntil)} 付，过时不能再付`,
    },
    {
      title: '没付尾款',
      words:
        deposit.called === 'advance'
          ? '订单关闭，预付款原路退回'
          : '订单关闭，定金不退（民法典第五百八十七条）',
    },
  ]
}

/** What is published of a presale besides what holds for every campaign. */
export function rules({ terms }: Plan<Terms>): Rule[] {
  const doubled = terms.deposit?.called === 'earnest' ? '，定金按法律再赔一份' : ''
  return [
    ...depositRules(terms),
    {
      title: '取消',
      words: `${moment(terms.cutoff)} 之前可以自己取消，付过的全部退回；之后货已订下，请联系门店`,
    },
    { title: '取货', words: `${moment(terms.pickupFrom)} 起到店取，到货后会告诉您取货码` },
    {
      title: '晚到',
      words: `最晚 ${moment(terms.promisedBy)} 到店。到时还没货，可以自己取消，付过的全部退回${doubled}`,
    },
    { title: '缺货', words: `先付清的先有货；轮不到的由门店全额退款${doubled}` },
  ]
}
