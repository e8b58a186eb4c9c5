import { readFileSync, statSync } from 'node:fs'

/** The account PostgreSQL runs under when it is not the one that runs Node. */
export type Account = { uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of the data folder when there is
 * one already, else `postgres`, else `nobody`. Anyone but root runs it as themselves: undefined.
 */
export function serverAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL cannot run as root, and this machine has neither a postgres nor a nobody account',
  )
}
