import type { Tier } from './ladder.ts'

const trimmed = (value: number): string => String(Number(value.toFixed(2)))

/** What a tier brings, in plain words, made of what really acts and of nothing else. */
export function benefitsOf({ pointsTimesBp, offBp }: Tier, pointsOn: boolean): string[] {
  const rate = (10_000 - offBp) / 1000
  return [
    ...(offBp > 0 ? [`会员价 ${trimmed(rate)} 折`] : []),
    ...(pointsOn
      ? [pointsTimesBp > 10_000 ? `积分 ${trimmed(pointsTimesBp / 10_000)} 倍` : '消费得积分']
      : []),
  ]
}
