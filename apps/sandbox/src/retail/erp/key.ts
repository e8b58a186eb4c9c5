/** How the pretended ERP connects: a file that whoever starts the demo writes when the chain has let it in. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sandboxFolder } from '../../keys.ts'

export type ErpKey = {
  origin: string
  keyId: string
  secret: string
  /** What the chain calls this source. */
  source: string
  webhookSecret: string
}

/** The key, or null while nobody let the ERP in. Read when it is needed: the file comes after this process. */
export const readErpKey = async (dataDir: string): Promise<ErpKey | null> => {
  const text = await readFile(path.join(sandboxFolder(dataDir), 'partners.json'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )
  if (text === null) return null
  const { origin, erp } = JSON.parse(text) as { origin: string; erp?: Omit<ErpKey, 'origin'> }
  return erp ? { origin, ...erp } : null
}
