import type { Out } from '../../api.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { signed } from './model.ts'
import { wasteWords } from './words.ts'

export type DocumentRow = Out<'GET /console/v1/stock-documents'>['items'][number]
export type StockDocument = Out<'GET /console/v1/stock-documents/:documentId'>
export type DocumentLine = StockDocument['items'][number]
export type Kind = DocumentRow['kind']

export const kindWords: Record<Kind, string> = {
  RECEIVE: '收货',
  WASTE: '报损',
  COUNT: '盘点',
  TRANSFER: '调拨',
}
/** Where each kind has its list, its form and its counting page. */
export const kindPath: Record<Kind, string> = {
  RECEIVE: '/stock/receipts',
  WASTE: '/stock/wastes',
  COUNT: '/stock/counts',
  TRANSFER: '/stock/transfers',
}

export const sourceWords: Record<NonNullable<DocumentRow['source']>, string> = {
  SUPPLIER: '供应商',
  WAREHOUSE: '配送仓',
}

const states: Record<DocumentRow['state'], { word: string; tone: Tone }> = {
  COUNTING: { word: '正在数', tone: 'doing' },
  REQUESTED: { word: '等发货', tone: 'waiting' },
  SHIPPED: { word: '在路上', tone: 'doing' },
  POSTED: { word: '已入账', tone: 'done' },
  RECEIVED: { word: '已收到', tone: 'done' },
  RECALLED: { word: '已召回', tone: 'over' },
  CANCELLED: { word: '已作废', tone: 'over' },
}
/** What a document's state is called, and whether somebody must look: a transfer that arrived short does. */
export const stateOf = ({ state, missing, reversedBy }: DocumentRow): { word: string; tone: Tone } => {
  if (reversedBy) return { word: '已冲回', tone: 'over' }
  if (missing > 0) return { word: `少收 ${missing}`, tone: 'alarm' }
  return states[state]
}

const verbWords: Record<StockDocument['events'][number]['verb'], string> = {
  post: '入账',
  start: '开始盘点',
  request: '申请',
  ship: '发出',
  receive: '收到',
  recall: '召回',
  cancel: '作废',
  reverse: '冲回',
}
export const verbWord = (verb: keyof typeof verbWords): string => verbWords[verb]

/** How many pieces, as its kind says it: what came in or went out has its sign, a transfer has none. */
export const piecesWord = ({ kind, pieces }: DocumentRow): string =>
  kind === 'TRANSFER' ? String(pieces) : signed(kind === 'WASTE' ? -pieces : pieces)

/** What stands beside the number: from whom, why, or which way. */
export const aboutWords = (row: DocumentRow): string =>
  [
    row.reverses && `冲回 ${row.reverses}`,
    row.source && (row.supplier ?? sourceWords[row.source]),
    row.wasteReason && wasteWords[row.wasteReason],
    row.kind === 'TRANSFER' && `${row.storeId} → ${row.toStoreId}`,
    row.note,
  ]
    .filter(Boolean)
    .join(' · ')

export interface Side {
  /** Stores this person may act for; undefined: every store. */
  mine: readonly string[] | undefined
  mayAdjust: boolean
}
export type Deed = 'ship' | 'receive' | 'recall' | 'cancel' | 'count' | 'reverse'

/** What this person can do with the document now; the server decides again. */
export const deedsOf = (row: DocumentRow, { mine, mayAdjust }: Side): Deed[] => {
  if (!mayAdjust) return []
  const has = (storeId: string | null) => storeId !== null && (mine === undefined || mine.includes(storeId))
  const giving = has(row.storeId)
  switch (row.state) {
    case 'COUNTING':
      return giving ? ['count', 'cancel'] : []
    case 'REQUESTED':
      return giving ? ['ship', 'cancel'] : ['cancel']
    case 'SHIPPED':
      return [...(has(row.toStoreId) ? (['receive'] as const) : []), ...(giving ? (['recall'] as const) : [])]
    case 'POSTED':
      return giving && !row.reverses && !row.reversedBy ? ['reverse'] : []
    case 'RECEIVED':
    case 'RECALLED':
    case 'CANCELLED':
      return []
  }
}

/** The difference a counted line will make, and what it leaves. */
export const differenceOf = ({
  counted,
  onHandThen,
  onHand,
  reserved,
}: Pick<DocumentLine, 'counted' | 'onHandThen' | 'onHand' | 'reserved'>): {
  delta: number
  after: number
  short: number
} => {
  const delta = (counted ?? 0) - (onHandThen ?? 0)
  const after = onHand + delta
  return { delta, after, short: Math.max(0, reserved - Math.max(0, after)) }
}

/** What posting the count would do, in numbers for the button and the lines above it. */
export const countOutcome = (lines: readonly DocumentLine[]) => {
  const differing = lines.filter((line) => differenceOf(line).delta !== 0)
  return {
    lines: lines.length,
    differing,
    pieces: differing.reduce((sum, line) => sum + differenceOf(line).delta, 0),
    short: differing.filter((line) => differenceOf(line).short > 0),
  }
}
