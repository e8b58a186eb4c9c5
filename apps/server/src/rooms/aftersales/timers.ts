import { inTx } from '#kernel/db'
import { secondsAfter } from '#kernel/clock'
import { type Case, listDue } from './aftersales.sql.ts'
import { dropLoose } from './photos.sql.ts'
import { OVERTAKEN } from './refunds.ts'
import { type Room, stepBySystem } from './room.ts'

const AT_MOST = 200
const LOOSE_PHOTO_SECONDS = 24 * 3600
/** Read by the shopper. */
const EXPIRED = '过了时间没有把货带回来，申请自动关闭。还在可退的时间里可以重新申请'
const NOT_COLLECTED = '换的货 7 天没有来取，给您改成退款'
const AGREED_LATE = '门店没有按时答复，按您的申请退款'

const turn = (room: Room, due: Case & { collected: boolean }): Promise<boolean> => {
  if (due.state === 'WAIT_RETURN') return stepBySystem(room, due, 'expire', { words: EXPIRED })
  if (due.state === 'WAIT_COLLECT') return stepBySystem(room, due, 'fall_back', { words: NOT_COLLECTED })
  if (due.collected) return stepBySystem(room, due, 'overtake', { words: OVERTAKEN })
  return stepBySystem(room, due, 'agree_late', { words: AGREED_LATE })
}

/** The sweep: what the clock decides. A refund that it agrees to is sent by the sweep of refunds. */
export async function runTimers(room: Room): Promise<void> {
  const { clock, db, log } = room.ctx
  const now = clock.now()
  for (const due of await listDue(db, now, AT_MOST))
    await turn(room, due).catch((error: unknown) =>
      log.error({ err: error, aftersale: due.id }, 'timer failed'),
    )
  await inTx(db, (tx) => dropLoose(tx, secondsAfter(now, -LOOSE_PHOTO_SECONDS)))
}
