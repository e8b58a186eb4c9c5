import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type Groups = Out<'GET /console/v1/campaigns/:campaignId/groups'>
export type Rallies = Out<'GET /console/v1/campaigns/:campaignId/rallies'>
export type Invites = Out<'GET /console/v1/campaigns/:campaignId/invites'>
type Presales = Out<'GET /console/v1/presales'>['items']

export interface Step {
  name: string
  count: number
  /** Of the step before, in tenths of a percent; undefined where nobody was. */
  share: number | undefined
  /** Of the largest step, from 0 to 1. */
  width: number
}
/** Steps one out of the other, with how many of each went on; the first `apart` are not one out of the other. */
export const stepsOf = (counted: readonly (readonly [string, number])[], apart = 1): Step[] => {
  const most = Math.max(1, ...counted.map(([, count]) => count))
  return counted.map(([name, count], i) => {
    const before = i >= apart ? (counted[i - 1]?.[1] ?? 0) : 0
    return {
      name,
      count,
      share: before > 0 ? Math.round((count / before) * 1000) : undefined,
      width: count / most,
    }
  })
}

/** Of the groups that are over, how many gathered; undefined while none is. */
export const gatheredWords = ({
  succeeded,
  failed,
}: Pick<Groups, 'succeeded' | 'failed'>): string | undefined =>
  succeeded + failed > 0 ? `成团率 ${((succeeded / (succeeded + failed)) * 100).toFixed(1)}%` : undefined

/** `5 人 ¥29.90：3 个团` for each step of a ladder that groups came to. */
export const reachedWords = ({ reached }: Pick<Groups, 'reached'>): string[] =>
  reached.map(({ size, priceFen, groups }) => `满 ${size} 人 ${formatFen(priceFen)}：${groups} 个团`)

/** From who started to what they came for: a bargain is ordered, an assist gives a coupon. */
export const rallySteps = (
  kind: 'bargain' | 'assist',
  { started, helped, reached, ordered, couponsGiven }: Rallies,
): Step[] =>
  stepsOf([
    ['发起的', started],
    ['有朋友帮了的', helped],
    [kind === 'bargain' ? '砍到底的' : '集齐的', reached],
    kind === 'bargain' ? ['下了单的', ordered] : ['拿到券的', couponsGiven],
  ])

export const inviteSteps = ({ sharers, opened, done, given }: Invites): Step[] =>
  stepsOf(
    [
      ['分享的人', sharers],
      ['点开并认下的朋友', opened],
      ['做到了的朋友', done],
      ['送出的券', given],
    ],
    2,
  )

/** What of one presale is waited for, over its goods and stores. */
export const presaleSums = (items: Presales, campaignId: string) => {
  const rows = items.filter((each) => each.campaignId === campaignId)
  const sum = (of: (each: Presales[number]) => number) => rows.reduce((all, each) => all + of(each), 0)
  return {
    rows,
    balanceOrders: sum((each) => each.balanceOrders),
    balancePieces: sum((each) => each.balancePieces),
    waitingOrders: sum((each) => each.waitingOrders),
    waitingPieces: sum((each) => each.waitingPieces),
    arrivedPieces: sum((each) => each.arrivedPieces),
  }
}
