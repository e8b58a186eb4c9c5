/**
 * The ledger file: one JSON line per changed record, appended twice a second at most, rewritten at start and whenever
 * it has grown too long. A kill -9 loses at most the last half second; a torn last line is skipped.
 */
import { createReadStream } from 'node:fs'
import { appendFile, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sandboxFolder } from './keys.ts'
import type { State } from './records.ts'
import { restore } from './store.ts'
import type { Kept, Store } from './store.ts'

const FLUSH_EVERY_MS = 500
const REWRITE_AFTER_BYTES = 128 * 1024 * 1024
const LINES_PER_WRITE = 500

type Line = Kept | ['state', State]

export type Ledger = {
  /** Writes what changed; called by a timer and once more on the way out. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

const ledgerPath = (dataDir: string): string => path.join(sandboxFolder(dataDir), 'ledger.jsonl')

/** Fills an empty store from the ledger; answers the small facts kept beside it, or null on a first start. */
export const readLedger = async (dataDir: string, store: Store): Promise<State | null> => {
  let state: State | null = null
  try {
    const lines = createInterface({ input: createReadStream(ledgerPath(dataDir)), crlfDelay: Infinity })
    for await (const text of lines) {
      const line = parseLine(text)
      if (line?.[0] === 'state') state = line[1]
      else if (line) restore(store, line)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  store.takeChanges()
  return state
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const parseLine = (text: string): Line | null => {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}

/** Opens the ledger for writing: rewrites it compactly, then follows the store. */
export const openLedger = async (
  dataDir: string,
  store: Store,
  state: () => State,
  report: (error: unknown) => void,
): Promise<Ledger> => {
  const file = ledgerPath(dataDir)
  let bytes = 0
  let writtenState = ''
  let turn: Promise<void> = Promise.resolve()

  const rewrite = async () => {
    const draft = `${file}.tmp`
    const handle = await open(draft, 'w', 0o600)
    try {
      for (let batch: string[] = [], lines = store.everything(), done = false; !done; batch = []) {
        done = fill(batch, lines)
        if (batch.length > 0) await handle.write(`${batch.join('\n')}\n`)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    bytes = 0
    writtenState = ''
  }
  const append = async () => {
    const lines: string[] = store.takeChanges().map((kept) => JSON.stringify(kept))
    const stateLine = JSON.stringify(['state', state()])
    if (stateLine !== writtenState) lines.push(stateLine)
    if (lines.length === 0) return
    const text = `${lines.join('\n')}\n`
    await appendFile(file, text, { mode: 0o600 })
    writtenState = stateLine
    bytes += text.length
    if (bytes > REWRITE_AFTER_BYTES) await rewrite()
  }
  const flush = () => {
    turn = turn.then(append).catch(report)
    return turn
  }

  await rewrite()
  await flush()
  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS)
  timer.unref()
  return {
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}

const fill = (batch: string[], lines: Iterator<Kept>): boolean => {
  while (batch.length < LINES_PER_WRITE) {
    const next = lines.next()
    if (next.done) return true
    batch.push(JSON.stringify(next.value))
  }
  return false
}
