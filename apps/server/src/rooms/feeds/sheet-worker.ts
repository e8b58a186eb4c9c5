// The thread that reads one spreadsheet for sheet.ts and ends.
import { sheetCell } from '@linli/contract/sheet-cell'
import { Unzip, UnzipInflate } from 'fflate'
import { parentPort, workerData } from 'node:worker_threads'
import { readSheet } from 'read-excel-file/node'
import type { SheetLimits, SheetRead } from './sheet.ts'

const CHUNK_BYTES = 64 * 1024

const { bytes, rows, unfolded } = workerData as SheetLimits & { bytes: Uint8Array }

async function read(): Promise<SheetRead> {
  try {
    requireBounded(bytes)
    const sheet = await readSheet(Buffer.from(bytes))
    // One more for the headers.
    if (sheet.length > rows + 1) return { tooLong: true }
    return { rows: sheet.map((row) => row.map(sheetCell)) }
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) }
  }
}

/** Throws when the archive unfolds into more than a list may be; looks at it piece by piece and keeps nothing. */
function requireBounded(archive: Uint8Array): void {
  let size = 0
  const unzip = new Unzip((file) => {
    file.ondata = (error, piece) => {
      if (error) throw error
      size += piece.length
      if (size > unfolded) throw new Error('it unfolds into too much')
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let from = 0; from < archive.length; from += CHUNK_BYTES)
    unzip.push(archive.subarray(from, from + CHUNK_BYTES), from + CHUNK_BYTES >= archive.length)
}

parentPort?.postMessage(await read(), [])
