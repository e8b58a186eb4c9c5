import { Worker } from 'node:worker_threads'
import { refuse } from '#kernel/problem'
import { fileTooLong, fileUnreadable } from './problems.ts'

const WITHIN_MS = 60_000
/** Enough for 300,000 rows; whoever needs more ends his own thread and nothing else. */
const MEMORY_MB = 768

export interface SheetLimits {
  /** Besides the headers. */
  rows: number
  /** Bytes that the archive may unfold into: a megabyte of it can be gigabytes. */
  unfolded: number
}
export type SheetRead = { rows: string[][] } | { tooLong: true } | { unreadable: string }

/**
 * The first sheet of an .xlsx as rows of text. Read by a thread of its own, because a long one takes seconds in which nobody else would be answered.
 * Refuses what cannot be read, passes the limits, or takes more memory or time than any honest list.
 */
export async function sheetRows(bytes: Buffer, limits: SheetLimits): Promise<string[][]> {
  const read = await readApart(bytes, limits)
  if ('tooLong' in read) refuse(fileTooLong, { most: limits.rows })
  if ('unreadable' in read) refuse(fileUnreadable, { reason: read.unreadable })
  return read.rows
}

function readApart(bytes: Buffer, limits: SheetLimits): Promise<SheetRead> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: { bytes, ...limits },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise<SheetRead>((resolve) => {
    const late = setTimeout(() => resolve({ unreadable: 'it takes too long' }), WITHIN_MS)
    late.unref()
    worker.once('message', (read: SheetRead) => resolve(read))
    worker.once('error', (error) =>
      resolve({ unreadable: error instanceof Error ? error.message : String(error) }),
    )
    worker.once('exit', () => resolve({ unreadable: 'the reader ended' }))
  }).finally(() => void worker.terminate())
}
