import type { FastifyReply } from 'fastify'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import { Problem, problem } from '#kernel/problem'
import * as sql from './media.sql.ts'

const mediaMissing = problem('media.missing', 404, 'there is no such picture')

const MOST_BYTES = 48 * 1024 * 1024
const FOR_EVER = 'public, max-age=31536000, immutable'
/** A banner asked for without its stamp may change under this address. */
const BRIEFLY = 'public, max-age=60'
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PICTURE_FILE = /^([sml])\.webp$/
const BANNER_FILE = /^([A-Za-z0-9_-]{1,60})\.webp$/

/** Pictures by address. What an address shows never changes, so browsers keep it for ever and this process the recent ones. */
export function mountMedia({ app }: Http, { db }: Pick<Ctx, 'db'>): void {
  const kept = new Map<string, Buffer>()
  let bytes = 0

  async function take(key: string, read: () => Promise<{ webp: Buffer } | undefined>): Promise<Buffer> {
    const known = kept.get(key)
    if (known) {
      kept.delete(key) // to the end: what was asked for last leaves last
      kept.set(key, known)
      return known
    }
    const row = await read()
    if (!row) throw new Problem(mediaMissing)
    if (!kept.has(key)) bytes += row.webp.length
    kept.set(key, row.webp)
    for (const [oldest, webp] of kept) {
      if (bytes <= MOST_BYTES) break
      kept.delete(oldest)
      bytes -= webp.length
    }
    return row.webp
  }
  const send = (reply: FastifyReply, webp: Buffer, cache: string) =>
    reply.headers({ 'cache-control': cache, 'content-type': 'image/webp' }).send(webp)

  app.get<{ Params: { pictureId: string; file: string } }>(
    '/media/:pictureId/:file',
    async (request, reply) => {
      const { pictureId, file } = request.params
      const size = PICTURE_FILE.exec(file)?.[1]
      if (!size || !UUID.test(pictureId)) throw new Problem(mediaMissing)
      return send(
        reply,
        await take(`${pictureId} ${size}`, () => sql.readPicture(db, pictureId, size)),
        FOR_EVER,
      )
    },
  )
  app.get<{ Params: { file: string }; Querystring: { v?: unknown } }>(
    '/media/banners/:file',
    async (request, reply) => {
      const id = BANNER_FILE.exec(request.params.file)?.[1]
      if (!id) throw new Problem(mediaMissing)
      const row = await sql.readBanner(db, id)
      if (!row) throw new Problem(mediaMissing)
      return send(reply, row.webp, request.query.v === undefined ? BRIEFLY : FOR_EVER)
    },
  )
}
