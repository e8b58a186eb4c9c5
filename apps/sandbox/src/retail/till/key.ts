/** How this till signs. What was typed in at its screen comes first; otherwise the key that the demo made for it. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sandboxFolder, writePrivately } from '../../keys.ts'
import { isMissing } from './book.ts'

export type TillKey = { origin: string; keyId: string; secret: string }

const typedFile = (dataDir: string): string => path.join(sandboxFolder(dataDir), 'till-key.json')
/** Written by whoever starts the demo, after this process began: read when it is needed, not before. */
const demoFile = (dataDir: string): string => path.join(sandboxFolder(dataDir), 'partners.json')

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The key to sign with, or null while there is none. */
export const readKey = async (dataDir: string): Promise<TillKey | null> => {
  const typed = (await readJson(typedFile(dataDir))) as TillKey | null
  if (typed) return typed
  const demo = (await readJson(demoFile(dataDir))) as {
    origin: string
    till: { keyId: string; secret: string }
  } | null
  return demo && { origin: demo.origin, keyId: demo.till.keyId, secret: demo.till.secret }
}

/** Keeps a key that somebody typed in, for its owner's eyes only; nobody is shown the secret again. */
export const keepKey = (dataDir: string, key: TillKey): Promise<void> =>
  writePrivately(typedFile(dataDir), key)
