// npm run staff -- add ACCOUNT NAME | reset ACCOUNT: lets head office in when nobody in the console can. Of the password it
// prints only a hash is kept; it lets its owner choose one of their own, once, within a week.
import { systemClock } from '../apps/server/src/kernel/clock.ts'
import { openDatabase } from '../apps/server/src/kernel/db.ts'
import { createLog } from '../apps/server/src/kernel/log.ts'
import { openHeadOffice, resetByHand } from '../apps/server/src/rooms/staff/index.ts'
import { withDatabase } from './database.ts'
import { main, say } from './progress.ts'

const USAGE = `usage:
  npm run staff -- add ACCOUNT NAME   opens a head-office account
  npm run staff -- reset ACCOUNT      makes a new password for an account, whatever its role; its sessions end`

await main(async () => {
  const [verb, account = '', name = ''] = process.argv.slice(2)
  if (!(verb === 'add' && account && name.trim()) && !(verb === 'reset' && account)) throw new Error(USAGE)
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(account))
    throw new Error('ACCOUNT has 1 to 40 letters, digits and . _ -, for example: lin.zw')
  if (name.length > 20) throw new Error('NAME has 20 characters at most')
  const { password, passwordTemporaryUntil } = await withDatabase(async (url) => {
    const { db, close } = openDatabase(url, { size: 1, log: createLog('warn') })
    const hands = { db, clock: systemClock }
    try {
      return await (verb === 'add'
        ? openHeadOffice(hands, { account, name: name.trim() })
        : resetByHand(hands, account))
    } finally {
      await close()
    }
  })
  say(`${account} signs in once with`)
  say(`    ${password}`)
  say(`and chooses a password of their own there, by ${passwordTemporaryUntil.toISOString().slice(0, 10)}.`)
})
