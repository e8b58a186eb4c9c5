import type { MemberActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Http } from '#kernel/http'
import { newId } from '#kernel/id'
import { Problem, problem, refuse } from '#kernel/problem'
import * as sql from './photos.sql.ts'
import { tooManyPhotos } from './problems.ts'
import type { Room } from './room.ts'

const photoGone = problem('media.missing', 404, 'there is no such picture')
/** Photos without a request that one member may have. */
const MOST_LOOSE = 18
/** An address is good for one to two of these, and the same for as long: a page that asks again does not load its pictures again. */
const WINDOW_MS = 15 * 60_000
const PURPOSE = 'aftersale photo'
const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.webp$/

export interface Photo {
  id: string
  url: string
}

/** An address that shows the photo for half an hour at most: made only for somebody who may see it. A picture element cannot send a token. */
export function photoOf({ clock, secrets }: Pick<Ctx, 'clock' | 'secrets'>, id: string): Photo {
  const until = ((Math.floor(clock.now().getTime() / WINDOW_MS) + 2) * WINDOW_MS).toString(36)
  return {
    id,
    url: `/media/aftersales/${id}.webp?until=${until}&sig=${secrets.sign(PURPOSE, `${id} ${until}`)}`,
  }
}

/** Keeps a photo of a shopper until a request comes for it, a day at most. */
export async function addPhoto(room: Room, { memberId }: MemberActor, bytes: Buffer): Promise<Photo> {
  const webp = await room.catalog.cleanPhoto(bytes)
  const id = newId()
  const { db, clock } = room.ctx
  const kept = await inTx(db, (tx) =>
    sql.insertPhoto(tx, { id, memberId, webp, at: clock.now() }, MOST_LOOSE),
  )
  return kept ? photoOf(room.ctx, id) : refuse(tooManyPhotos)
}

/** Shows photos to whoever holds an address that is still good; nobody else learns that they exist. */
export function mountPhotos({ app }: Http, { db, clock, secrets }: Ctx): void {
  app.get<{ Params: { file: string }; Querystring: { until?: unknown; sig?: unknown } }>(
    '/media/aftersales/:file',
    async (request, reply) => {
      const id = NAME.exec(request.params.file)?.[1]
      const { until, sig } = request.query
      if (!id || typeof until !== 'string' || typeof sig !== 'string') throw new Problem(photoGone)
      if (!secrets.signatureFits(PURPOSE, `${id} ${until}`, sig)) throw new Problem(photoGone)
      if (Number.parseInt(until, 36) <= clock.now().getTime()) throw new Problem(photoGone)
      const row = await sql.readPhoto(db, id)
      if (!row) throw new Problem(photoGone)
      return reply
        .headers({ 'cache-control': 'private, max-age=900', 'content-type': 'image/webp' })
        .send(row.webp)
    },
  )
}
