import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { instantOf } from '#kernel/clock'
import type { Sweep } from '#kernel/jobs'
import { Problem } from '#kernel/problem'
import { applyBatch } from './applying.ts'
import type { Topic } from './events.sql.ts'
import { type FaultShown, listFaults } from './faults.sql.ts'
import { findFile, takeFile } from './files.ts'
import type { FeedRoom } from './room.ts'
import { findRun, type Run } from './runs.sql.ts'
import { listSources, type Source } from './sources.sql.ts'

/** A file that grew within this time is still being written. */
const QUIET_MS = 3000
const MOST_BYTES = 32 * 1024 * 1024
const MOST_FILES = 20
const REPORT_FAULTS = 10_000

const TOPICS: readonly [Topic, RegExp][] = [
  ['stock', /^(stock|库存)/i],
  ['prices', /^(prices?|价格)/i],
  ['products', /^(products?|goods|商品)/i],
]
const MOMENT = /(20\d\d)-?(\d\d)-?(\d\d)(?:[T_ -]?(\d\d)[:-]?(\d\d))?/

/** What a file is about and from when its figures are: its name says so, `库存-20261123-0930.csv`; without a moment, when it was written. */
export function readName(name: string, writtenAt: Date): { topic: Topic; asOf: Date } | undefined {
  const topic = TOPICS.find(([, words]) => words.test(name))?.[0]
  if (!topic || !/\.(csv|xlsx)$/i.test(name)) return undefined
  const [, year, month, day, hour = '00', minute = '00'] = MOMENT.exec(name) ?? []
  if (year === undefined) return { topic, asOf: writtenAt }
  try {
    return { topic, asOf: instantOf(`${year}-${month}-${day}`, `${hour}:${minute}`) }
  } catch {
    return undefined
  }
}

const cell = (text: string | number | null): string => `"${String(text ?? '').replaceAll('"', '""')}"`
const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join()).join('\r\n')}\r\n`

/** What lies beside a file when it was taken in: what became of its rows, and why some did not. */
export const reportOf = (run: Run, faults: readonly FaultShown[]): string =>
  csvOf([
    ['行', '门店编码', '商品编码', '结果'],
    [
      '合计',
      '',
      '',
      `${run.rows} 行：改了 ${run.applied}，一样 ${run.same}，已有更新的 ${run.superseded}，出错 ${run.refused}`,
    ],
    ...faults.map(({ rowNo, storeCode, goodsCode, reason }) => [rowNo, storeCode, goodsCode, reason]),
  ])

const REFUSALS: Readonly<Record<string, string>> = {
  'feeds.file_unreadable': '这不是 Excel 的 .xlsx，也不是 UTF-8 或 GB18030 的 CSV',
  'feeds.file_columns_missing': '缺少列',
  'feeds.file_too_long': '行数太多，最多 30 万行',
  'feeds.topic_not_told': '这个来源没有开通这类数据',
  'feeds.as_of_invalid': '文件名里的时间还没有到',
}

/**
 * Takes in what lies in the folders of the sources: a file that nobody is writing any more goes to `done` or `failed` with a report beside it. Whoever
 * drops the same file twice has it taken in once. Several processes may look at once: a file is known by its content.
 */
export const folderSweep = (room: FeedRoom): Sweep => ({
  name: 'feeds.folder',
  seconds: 10,
  async run() {
    const { feedDir } = room.ctx.config
    if (feedDir === undefined) return
    for (const source of await listSources(room.ctx.db)) {
      if (!source.active) continue
      const folder = path.join(feedDir, source.code)
      await mkdir(path.join(folder, 'done'), { recursive: true })
      await mkdir(path.join(folder, 'failed'), { recursive: true })
      const names = (await readdir(folder, { withFileTypes: true }))
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map(({ name }) => name)
        .sort()
      for (const name of names.slice(0, MOST_FILES)) await takeOne(room, source, { folder, name })
    }
  },
})

interface Dropped {
  folder: string
  name: string
}
async function takeOne(room: FeedRoom, source: Source, { folder, name }: Dropped): Promise<void> {
  const file = path.join(folder, name)
  const { mtime, size } = await stat(file)
  if (room.ctx.clock.stamp().getTime() - mtime.getTime() < QUIET_MS) return
  const read = readName(name, mtime)
  if (!read)
    return putAway(
      { folder, name },
      'failed',
      csvOf([['文件名要以 库存、价格 或 商品 开头，以 .csv 或 .xlsx 结尾']]),
    )
  if (size > MOST_BYTES) return putAway({ folder, name }, 'failed', csvOf([['文件太大，最多 32 MB']]))
  const bytes = await readFile(file)
  const known = await findFile(room, source.id, bytes)
  if (known && known.state !== 'OPEN')
    return putAway({ folder, name }, 'done', csvOf([[`同样内容的文件收过了（#${known.no}），没有再用`]]))
  try {
    const asOf = read.asOf.toISOString()
    const given = { bytes, name, topic: read.topic, asOf, absent: 'keep', by: 'folder' } as const
    await settle(room, { folder, name }, await takeFile(room, source.code, given))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { columns } = (error.data ?? {}) as { columns?: string[] }
    const reason = REFUSALS[error.code] ?? error.code
    await putAway(
      { folder, name },
      'failed',
      csvOf([[`${reason}${columns ? `：${columns.join('、')}` : ''}`]]),
    )
  }
}

/** Applies the list to its end, whoever else works on it, and writes the report. */
async function settle(room: FeedRoom, dropped: Dropped, { id, sourceId }: Run): Promise<void> {
  for (;;) {
    const run = await findRun(room.ctx.db, id)
    if (!run) return
    if (run.state !== 'WAITING' && run.state !== 'WORKING') {
      const filter = { runId: id, storeIds: null, open: true }
      const faults = await listFaults(room.ctx.db, filter, { limit: REPORT_FAULTS, offset: 0 })
      return putAway(dropped, run.state === 'DONE' ? 'done' : 'failed', reportOf(run, faults))
    }
    await applyBatch(room, { id, sourceId })
  }
}

/** Moves a file away, under another name if there is one like it, and lays the report beside it. Another process may have done it. */
async function putAway({ folder, name }: Dropped, to: 'done' | 'failed', report: string): Promise<void> {
  const target = path.join(folder, to)
  const taken = new Set(await readdir(target))
  const { name: stem, ext } = path.parse(name)
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${stem}-${i}${ext}`
  try {
    await rename(path.join(folder, name), path.join(target, free))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  await writeFile(path.join(target, `${path.parse(free).name}.report.csv`), report)
}
