import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pictureKey } from './compose.ts'

/**
 * The bytes of a picture: from the cache when this very markup was drawn before, otherwise drawn and kept.
 * A file appears under its name only when it is whole, so a start that was cut short leaves nothing to trip over.
 */
export async function cached(
  folder: string,
  markup: string,
  form: string,
  draw: () => Promise<Buffer>,
): Promise<Buffer> {
  const file = path.join(folder, `${pictureKey(markup)}-${form}.webp`)
  try {
    return await readFile(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const bytes = await draw()
  await mkdir(folder, { recursive: true })
  const unfinished = `${file}.${randomUUID()}`
  await writeFile(unfinished, bytes)
  await rename(unfinished, file)
  return bytes
}
