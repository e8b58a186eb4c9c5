import { deedWord, KINDS } from './aftersale-words.ts'
import { clockOf, dayOf, momentOf } from './times.ts'
import type { AftersaleOptions } from './wire.ts'

export type OptionLine = AftersaleOptions['lines'][number]
export type Kind = OptionLine['kinds'][number]['kind']
export type Reason = OptionLine['kinds'][number]['reasons'][number]
/** Pieces chosen, by line number. */
export type Picked = Readonly<Record<number, number>>

/** `11 月 24 日 12:00 前`; what ends with a day is said by that day. */
function untilWords(until: string, now: number): string {
  return clockOf(until) === '00:00'
    ? `${dayOf(Date.parse(until) - 60_000, now)}当天为止`
    : `${momentOf(until, now)} 前`
}

export interface KindChoice {
  kind: Kind
  title: string
  note: string
}

const kindOf = (line: OptionLine, kind: Kind) => line.kinds.find((each) => each.kind === kind)
const mayTake = (line: OptionLine, kind: Kind): boolean =>
  line.openId === null && kindOf(line, kind) !== undefined

/** The ways that are open for at least one line, each with until when. */
export function kindChoices(options: AftersaleOptions, now: number): KindChoice[] {
  const open = (Object.keys(KINDS) as Kind[]).filter((kind) =>
    options.lines.some((line) => mayTake(line, kind)),
  )
  return open.map((kind) => {
    const lines = options.lines.filter((line) => mayTake(line, kind))
    const until = lines.map((line) => kindOf(line, kind)?.until ?? '').sort()[0]
    const by = until ? untilWords(until, now) : ''
    const notes: Record<Kind, string> = {
      uncollected: options.wholeAtOnce ? '整单退，马上办；退一部分，门店看一眼' : '门店看过就退',
      claim: `坏了、少给了都行，${by}`,
      return: `${by}，带货到任意一家门店`,
      exchange: `${by}，带货到任意一家门店换；没货就退钱`,
    }
    return { kind, title: KINDS[kind], note: notes[kind] }
  })
}

/** Why a line cannot be chosen this way; null when it can. */
export function whyNot(line: OptionLine, kind: Kind): string | null {
  if (line.openId !== null) return '这样有申请在处理'
  if (line.left === 0) return '已经退完了'
  if (mayTake(line, kind)) return null
  if (kind === 'return' && line.perishable) return '生鲜易腐，不支持退货'
  if (kind === 'exchange' && line.perishable) return '生鲜易腐，不支持换货'
  return '过了可以申请的时间'
}

/** How many pieces of a line could be chosen. */
export const mostOf = (line: OptionLine, kind: Kind): number => (whyNot(line, kind) === null ? line.left : 0)

/** Everything that can still go back this way. */
export const pickAll = (options: AftersaleOptions, kind: Kind): Picked =>
  options.lines.reduce<Record<number, number>>(
    (all, line) => Object.assign(all, { [line.lineNo]: mostOf(line, kind) }),
    {},
  )

/** What was chosen, as the server takes it. */
export const wantedOf = (picked: Picked): { lineNo: number; quantity: number }[] =>
  Object.keys(picked)
    .map((lineNo) => ({ lineNo: Number(lineNo), quantity: picked[Number(lineNo)] ?? 0 }))
    .filter(({ quantity }) => quantity > 0)

/** Reasons that fit every line that was chosen; of all lines while none is. */
export function reasonsFor(options: AftersaleOptions, kind: Kind, picked: Picked): Reason[] {
  const open = options.lines.filter((line) => mayTake(line, kind))
  const chosen = open.filter((line) => (picked[line.lineNo] ?? 0) > 0)
  const reasons = (chosen.length > 0 ? chosen : open).map((line) => kindOf(line, kind)?.reasons ?? [])
  const all = reasons.reduce<Reason[]>(
    (sum, each) => sum.concat(each.filter((one) => !sum.includes(one))),
    [],
  )
  return chosen.length > 0 ? all.filter((one) => reasons.every((each) => each.includes(one))) : all
}

export const MOST_PHOTOS = 6
/** A claim shows what is wrong; what was never in the bag cannot be shown. */
export const needsPhoto = (kind: Kind, reason: Reason | null): boolean =>
  kind === 'claim' && reason !== 'short'
/** Photos help whoever decides, except where nothing is to be seen. */
export const takesPhotos = (kind: Kind): boolean => kind !== 'uncollected'

/** What is still missing before it can be sent, in the order of the page; null when nothing is. */
export function missingWords({
  wanted,
  reason,
  kind,
  photos,
}: {
  wanted: readonly unknown[]
  reason: Reason | null
  kind: Kind
  photos: number
}): string | null {
  if (wanted.length === 0) return `先选要${deedWord(kind)}的商品`
  if (reason === null) return '再选一个原因'
  if (needsPhoto(kind, reason) && photos === 0) return '还差一张照片'
  return null
}
