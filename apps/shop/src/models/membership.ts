import { pointsText } from './points.ts'
import { yuanShort } from './money.ts'
import { dateInYears } from './times.ts'
import type { GrowthPosting, Standing } from './wire.ts'

type Rung = Standing['rungs'][number]

export const rungOf = ({ rungs, code }: Pick<Standing, 'rungs' | 'code'>): Rung | undefined =>
  rungs.find((rung) => rung.code === code)
const nameOf = ({ rungs }: Pick<Standing, 'rungs'>, code: string): string =>
  rungs.find((rung) => rung.code === code)?.name ?? ''

/** `再买 ¥386 升红柿会员`. */
export function aheadText(standing: Standing): string {
  const { next } = standing
  if (!next) return `已是最高等级，${nameOf(standing, standing.code)}会员`
  return `再买 ${yuanShort(next.missingFen)} 升${nameOf(standing, next.code)}会员`
}

/** What is to be known of the period, in sentences; nothing before the first growth. */
export function periodNotes(standing: Standing, now: number): string[] {
  const { code, keeps, periodUntil, waiting, growth } = standing
  const until = periodUntil && dateInYears(`${periodUntil}T12:00:00+08:00`, now)
  const kept = keeps === code ? '' : `，照现在的成长值，下期是${nameOf(standing, keeps)}`
  return [
    ...(until ? [`本期成长值 ${pointsText(growth)}，到 ${until}${kept}`] : []),
    ...(waiting.purchases > 0 ? [`有 ${waiting.purchases} 笔购物，售后期过后计入成长值`] : []),
  ]
}

/** How tiers work, in sentences. */
export function tierRules({ growthPerYuan, periodMonths }: Standing): string[] {
  return [
    `每实付 ¥1 得 ${growthPerYuan} 成长值，取货且售后期过后计入；退款的部分收回`,
    '够了马上升级；退款不会让您在本期降级',
    `一期 ${periodMonths} 个月，到月底；到期按本期的成长值定下一期的等级，再从头计`,
    '会员价和线上专享价只取低的一个；同一等级的人价格都一样',
  ]
}

/** Where a member stands on the ladder drawn with equal steps: 0 at the lowest rung, 1 at the highest. */
export function shareOf({ rungs, code, growth }: Standing): number {
  const rank = rungs.findIndex((rung) => rung.code === code)
  const here = rungs[rank]
  const next = rungs[rank + 1]
  if (rungs.length < 2 || !here) return 0
  if (!next) return 1
  const part = (growth - here.atGrowth) / (next.atGrowth - here.atGrowth)
  return (rank + Math.min(1, Math.max(0, part))) / (rungs.length - 1)
}

/** Fen that reach a rung: `¥500 起`. */
export const fromText = ({ atGrowth }: Rung, growthPerYuan: number): string =>
  `${yuanShort(Math.ceil((atGrowth * 100) / growthPerYuan))} 起`

const GROWTH_WORDS: Record<GrowthPosting['reason'], string> = {
  earn: '购物',
  claw: '退款，收回',
  card: '老会员卡带来',
  card_undone: '老会员卡解绑，收回',
  period_end: '一期结束，从头计',
}
export const growthTitle = ({ reason }: GrowthPosting): string => GROWTH_WORDS[reason]

/** A persimmon as it ripens: green at the lowest rung, red at the highest. */
export function persimmonSvg(rank: number, rungs: number): string {
  const ripe = rungs < 2 ? 1 : rank / (rungs - 1)
  const body = ripe === 0 ? '#5E9A3C' : ripe === 1 ? '#D93A12' : '#EF9A1A'
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">' +
    `<ellipse cx="12" cy="13.6" rx="9.6" ry="8.4" fill="${body}"/>` +
    '<ellipse cx="8.6" cy="11.6" rx="2.6" ry="1.7" fill="#fff" opacity=".28"/>' +
    '<path fill="#3D5B22" d="M12 7.6c-2.2 1.7-4.6 1.6-6.2.3 1.8-.2 2.9-1.2 3.6-2.4-1-.5-1.7-1.3-1.9-2.3 1.7.5 2.9.8 3.8 1.6L12 2.6l.7 2.2c.9-.8 2.1-1.1 3.8-1.6-.2 1-.9 1.8-1.9 2.3.7 1.2 1.8 2.2 3.6 2.4-1.6 1.3-4 1.4-6.2-.3z"/></svg>'
  )
}
