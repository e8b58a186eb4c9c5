import type { ProblemBody } from '@linli/contract'
import type { Level } from './model.ts'

/** One line of a document being written. Text as typed; it is read when it is needed. */
export interface DraftLine {
  /** Its own name, since one SKU may come in two batches. */
  id: string
  skuId: string
  name: string
  barcode: string
  unit: string
  onHand: number
  reserved: number
  quantity: number | null
  batchNo: string
  made: string
  expires: string
  lot?: { id: string; remaining: number; expiresOn: string }
}
export interface Draft {
  storeId: string | undefined
  /** Of a transfer: do the goods come from the other store, or go there? */
  direction: 'in' | 'out'
  otherStoreId: string | undefined
  source: 'SUPPLIER' | 'WAREHOUSE'
  supplier: string
  reason: 'BROKEN' | 'SPOILT' | 'EXPIRED' | 'LOST' | 'USED' | 'OTHER'
  note: string
  lines: DraftLine[]
}
export const emptyDraft = (storeId: string | undefined): Draft => ({
  storeId,
  direction: 'in',
  otherStoreId: undefined,
  source: 'SUPPLIER',
  supplier: '',
  reason: 'BROKEN',
  note: '',
  lines: [],
})
export type EntryKind = 'receipts' | 'wastes' | 'transfers'

/** `12*6999911000015` or `12×…`: a scanner with a count typed before it. Otherwise one piece of whatever was typed. */
export const parseScan = (typed: string): { quantity: number; text: string } => {
  const match = /^\s*(\d{1,5})\s*[*×xX]\s*(.+)$/.exec(typed)
  const quantity = Number(match?.[1] ?? 1)
  return quantity > 0 ? { quantity, text: (match?.[2] ?? typed).trim() } : { quantity: 1, text: typed.trim() }
}

/** The one level that was meant, or undefined when there is a choice to make (or none). */
export const meant = (levels: readonly Level[], text: string): Level | undefined =>
  levels.find((level) => level.barcode === text) ?? (levels.length === 1 ? levels[0] : undefined)

const lineOf = (level: Level, quantity: number, id: string): DraftLine => ({
  id,
  skuId: level.skuId,
  name: level.name,
  barcode: level.barcode,
  unit: level.unit,
  onHand: level.onHand,
  reserved: level.reserved,
  quantity,
  batchNo: '',
  made: '',
  expires: '',
})

/** Scanning the same goods again adds to their newest line; it moves to the top, where the eye is. */
export const addScan = (
  lines: readonly DraftLine[],
  level: Level,
  quantity: number,
  id: string,
): DraftLine[] => {
  const known = lines.find((line) => line.skuId === level.skuId)
  if (!known) return [lineOf(level, quantity, id), ...lines]
  const more = {
    ...known,
    onHand: level.onHand,
    reserved: level.reserved,
    quantity: (known.quantity ?? 0) + quantity,
  }
  return [more, ...lines.filter((line) => line !== known)]
}

/** A second batch of the same goods, right below the first. */
export const addBatch = (lines: readonly DraftLine[], of: DraftLine, id: string): DraftLine[] =>
  lines.flatMap((line) =>
    line === of ? [line, { ...of, id, quantity: null, batchNo: '', made: '', expires: '' }] : [line],
  )

const dayFrom = (year: number, month: number, date: number): string | undefined => {
  const day = new Date(Date.UTC(year, month - 1, date))
  const same = day.getUTCFullYear() === year && day.getUTCMonth() === month - 1 && day.getUTCDate() === date
  return same ? day.toISOString().slice(0, 10) : undefined
}
/** `20261122`, `261122`, `2026-11-22`, `2026.11.22` as they stand on packs. Undefined: no such day. */
export const parseDay = (typed: string): string | undefined => {
  const digits = typed.trim()
  const match =
    /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/.exec(digits.length === 6 ? `20${digits}` : digits) ??
    undefined
  return match && dayFrom(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** A day, or a shelf life counted from the production day: `180天`, `12月`, `+30`. The last day of sale. */
export const parseExpiry = (typed: string, madeOn: string | undefined): string | undefined => {
  const life = /^\+?\s*(\d{1,4})\s*(天|日|个月|月|年)?$/.exec(typed.trim())
  const isLife = life && (life[2] !== undefined || typed.trim().startsWith('+') || (life[1]?.length ?? 0) < 4)
  if (!isLife) return parseDay(typed)
  if (!madeOn) return undefined
  const [year = 0, month = 1, date = 1] = madeOn.split('-').map(Number)
  const count = Number(life[1])
  const months = life[2] === '年' ? count * 12 : life[2] === '月' || life[2] === '个月' ? count : 0
  if (months === 0) return dayAt(year, month, date + count)
  // The same day so many months on, or the last day of a shorter month.
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return dayAt(year, month + months, Math.min(date, last))
}
const dayAt = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10)

/** Why a line cannot be sent; undefined when it can. */
export const lineFault = (kind: EntryKind, line: DraftLine, today: string): string | undefined => {
  if (line.quantity === null || line.quantity < 1) return '填件数'
  if (kind === 'receipts') {
    const madeOn = line.made.trim() ? parseDay(line.made) : undefined
    if (line.made.trim() && !madeOn) return '生产日期读不懂'
    if (madeOn && madeOn > today) return '生产日期还没到'
    if (!line.expires.trim()) return undefined
    const expiresOn = parseExpiry(line.expires, madeOn)
    if (!expiresOn) return madeOn ? '到期日读不懂' : '到期日读不懂；填保质期要先填生产日期'
    if (expiresOn < today) return `${expiresOn} 已过期，不能收`
    return madeOn && expiresOn < madeOn ? '到期日早于生产日期' : undefined
  }
  if (kind === 'wastes') {
    if (line.lot && line.quantity > line.lot.remaining) return `这一批只剩 ${line.lot.remaining}`
    return line.quantity > line.onHand ? `在手只有 ${line.onHand}` : undefined
  }
  return undefined
}

/** Lines whose loss leaves less than shoppers have ordered. */
export const shortLines = (lines: readonly DraftLine[]): DraftLine[] => {
  const gone = new Map<string, number>()
  for (const line of lines) gone.set(line.skuId, (gone.get(line.skuId) ?? 0) + (line.quantity ?? 0))
  return lines.filter((line) => {
    const left = line.onHand - (gone.get(line.skuId) ?? 0)
    return left >= 0 && left < line.reserved
  })
}

/** Which way the goods of a transfer go. */
export const wayOf = ({ storeId = '', otherStoreId = '', direction }: Draft): { from: string; to: string } =>
  direction === 'out' ? { from: storeId, to: otherStoreId } : { from: otherStoreId, to: storeId }

export const totalsOf = (lines: readonly DraftLine[]): { skus: number; pieces: number } => ({
  skus: new Set(lines.map(({ skuId }) => skuId)).size,
  pieces: lines.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
})

/** What a refusal says of single lines, by SKU: which goods, and how many there really are. */
export const faultsByLine = (problem: ProblemBody | undefined): ReadonlyMap<string, string> => {
  const lines = problem?.data?.['lines']
  if (!Array.isArray(lines)) return new Map()
  return new Map(
    lines.flatMap((line: unknown): [string, string][] => {
      if (typeof line !== 'object' || line === null || !('skuId' in line) || typeof line.skuId !== 'string')
        return []
      const { onHand, reserved } = line as { onHand?: unknown; reserved?: unknown }
      return [
        [
          line.skuId,
          typeof onHand === 'number' && typeof reserved === 'number'
            ? `现在在手 ${onHand}，预占 ${reserved}`
            : '这一行不行',
        ],
      ]
    }),
  )
}
