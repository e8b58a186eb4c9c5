import type { In, Out } from '../../api.ts'
import { csvText } from '../../ui/csv.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { duration } from '../../ui/time.ts'

export type Sources = Out<'GET /console/v1/feed-sources'>
export type Source = Sources['items'][number]
export type SourceStore = Source['stores'][number]
export type Run = Out<'GET /console/v1/feed-runs'>['items'][number]
export type RunFault = Out<'GET /console/v1/feed-runs/:runId/faults'>['items'][number]
export type GoodsCode = Out<'GET /console/v1/feed-sources/:sourceCode/goods'>['items'][number]
export type Topic = Source['topics'][number]
export type SourceForm = In<'POST /console/v1/feed-sources'>['body']
export const pageSize = 30

export const topicWords: Record<Run['topic'], string> = {
  stock: '库存',
  prices: '价格',
  products: '商品',
  all: '增量',
}
export const kindWords: Record<Source['kind'], string> = {
  erp: 'ERP',
  till: '收银系统',
  folder: '专人导文件',
}

const standings: Record<SourceStore['standing'], { word: string; tone: Tone; rank: number }> = {
  stopped: { word: '太旧，快销品已停售', tone: 'alarm', rank: 0 },
  stale: { word: '过时，已加大缓冲', tone: 'alarm', rank: 1 },
  silent: { word: '还没报过', tone: 'waiting', rank: 2 },
  fresh: { word: '新鲜', tone: 'done', rank: 3 },
}
export const standingOf = ({ standing, stock }: SourceStore): { word: string; tone: Tone } =>
  stock ? standings[standing] : { word: '不报库存', tone: 'over' }

/** The worst first, then by store. */
export const byWorry = (a: SourceStore, b: SourceStore): number =>
  standings[a.standing].rank - standings[b.standing].rank || a.storeId.localeCompare(b.storeId)

/** How old a count is, in words; a count that never came has no age. */
export const ageWords = (toldAt: string | null, now: number): string =>
  toldAt === null
    ? '从没报过'
    : now - Date.parse(toldAt) < 60_000
      ? '刚刚'
      : `${duration((now - Date.parse(toldAt)) / 1000)}前`

const minutes = (count: number): string =>
  count % 60 === 0 && count >= 120 ? `${count / 60} 小时` : `${count} 分钟`
const kept = ({ widen, widenBy }: Pick<Source, 'widen' | 'widenBy'>): string =>
  ({ pieces: `每样留 ${widenBy} 件`, percent: `留在手的 ${widenBy}%`, days: `留够卖 ${widenBy} 天的` })[widen]
/** What the chain decided about old counts, in one sentence. */
export const termsWords = (source: Source): string =>
  `超过 ${minutes(source.staleMinutes)}没新数据：${kept(source)}；超过 ${minutes(source.stopMinutes)}：一天卖 ${source.fastPerDay} 件以上的停售`

const stateWords: Record<Run['state'], { word: string; tone: Tone }> = {
  OPEN: { word: '还在传', tone: 'waiting' },
  WAITING: { word: '排队', tone: 'waiting' },
  WORKING: { word: '正在收', tone: 'doing' },
  DONE: { word: '收完', tone: 'done' },
  FAILED: { word: '没收成', tone: 'alarm' },
  CANCELLED: { word: '放弃了', tone: 'over' },
}
/** A run that ended in full may have taken in nothing, or not everything; neither is green. */
export const runTag = ({
  state,
  rows,
  refused,
}: Pick<Run, 'state' | 'rows' | 'refused'>): {
  word: string
  tone: Tone
} => {
  if (state !== 'DONE' || refused === 0) return stateWords[state]
  return refused >= rows ? { word: '全没收进', tone: 'alarm' } : { word: '收了一部分', tone: 'waiting' }
}
export const percentOf = ({ rows, seen }: Pick<Run, 'rows' | 'seen'>): number =>
  rows === 0 ? 100 : Math.min(100, Math.floor((seen * 100) / rows))
export const isMoving = ({ state }: Run): boolean => state === 'WAITING' || state === 'WORKING'

/** What became of the rows, without what did not happen. */
export const tallyWords = (run: Run): string =>
  (
    [
      [run.applied, '改了'],
      [run.same, '一样'],
      [run.superseded, '已有更新的'],
      [run.duplicate, '重复'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${word} ${count.toLocaleString('zh-CN')}`)
    .join(' · ') || (run.refused > 0 ? '一行也没收进来' : '还没有')

/** Missing numbers as people read them: `12`, `15–20`. */
export const gapWords = (gaps: Source['gaps']): string =>
  gaps.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join('、')

export interface RunFilters {
  source?: string
  only?: 'refused'
}
/** Reads the filters out of the address; anything that cannot be one is left out. */
export const runFilters = (params: URLSearchParams): RunFilters => {
  const source = params.get('source')
  return {
    ...(source && /^[a-z][a-z0-9-]{1,30}$/.test(source) ? { source } : {}),
    ...(params.get('only') === 'refused' ? { only: 'refused' as const } : {}),
  }
}

export const faultsCsv = (faults: readonly RunFault[]): string =>
  csvText(
    ['行或序号', '门店编码', '商品编码', '为什么', '状态'],
    faults.map((fault) => [
      String(fault.row),
      fault.storeCode ?? '',
      fault.goodsCode ?? '',
      fault.reason,
      fault.mendedAt ? '已补收' : '待处理',
    ]),
  )

export interface GoodsLine {
  code: string
  barcode: string | null
  times?: number
  per?: number
}
/**
 * Lines that somebody pasted out of a spreadsheet: their code, our barcode and, where their unit is not our piece, how many of ours: `12` or `1000/380`.
 * A line without a barcode drops the code.
 */
export function readLines(text: string): { lines: GoodsLine[]; faults: string[] } {
  const lines: GoodsLine[] = []
  const faults: string[] = []
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [code = '', barcode = '', factor = ''] = line.split(/[\t,，]/).map((cell) => cell.trim())
    const [, times, per] = /^(\d{1,6})(?:\/(\d{1,6}))?$/.exec(factor) ?? []
    if (code === '' || (barcode !== '' && !/^\d{13}$/.test(barcode)) || (factor !== '' && !Number(times)))
      faults.push(`第 ${i + 1} 行没看懂：${line.slice(0, 40)}`)
    else
      lines.push({
        code,
        barcode: barcode || null,
        ...(times ? { times: Number(times) } : {}),
        ...(per ? { per: Number(per) } : {}),
      })
  }
  return { lines, faults }
}
export const packWords = ({ times, per }: Pick<GoodsCode, 'times' | 'per'>): string =>
  times === 1 && per === 1 ? '1 : 1' : per === 1 ? `对方 1 = 我们 ${times}` : `对方 1 = 我们 ${times}/${per}`

/** What a new source begins with. */
export const emptySource: SourceForm = {
  code: '',
  name: '',
  kind: 'erp',
  active: true,
  partnerCode: null,
  topics: ['stock'],
  byBarcode: true,
  priceUnit: 'yuan',
  productFacts: [],
  staleMinutes: 60,
  stopMinutes: 240,
  widen: 'pieces',
  widenBy: 2,
  fastPerDay: 10,
}
export const formOf = (source: Source): SourceForm => ({
  code: source.code,
  name: source.name,
  kind: source.kind,
  active: source.active,
  partnerCode: source.partnerCode,
  topics: source.topics,
  byBarcode: source.byBarcode,
  priceUnit: source.priceUnit,
  productFacts: source.productFacts,
  staleMinutes: source.staleMinutes,
  stopMinutes: source.stopMinutes,
  widen: source.widen,
  widenBy: source.widenBy,
  fastPerDay: source.fastPerDay,
})
/** What is still missing or wrong, by field. */
export const sourceFaults = (form: SourceForm): Partial<Record<keyof SourceForm, string>> => ({
  ...(/^[a-z][a-z0-9-]{1,30}$/.test(form.code) ? {} : { code: '小写字母开头，字母、数字和 -，例如 erp' }),
  ...(form.name.trim() === '' ? { name: '给它起个名字' } : {}),
  ...(form.topics.length === 0 ? { topics: '至少选一样' } : {}),
  ...(form.stopMinutes <= form.staleMinutes ? { stopMinutes: '要比过时的时间长' } : {}),
})
