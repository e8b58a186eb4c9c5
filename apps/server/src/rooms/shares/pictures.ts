import { createHash } from 'node:crypto'
import { businessDay, secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import { maskName } from '#kernel/mask'
import { overloaded, refuse } from '#kernel/problem'
import { drawnOnce, SCENE_PAGE, sceneOf } from '#kernel/scenes'
import type { Catalog } from '#room/catalog'
import type { Members } from '#room/members'
import type { Stores } from '#room/stores'
import type { Drawing } from './drawing.ts'
import type { Work } from './painting.ts'
import * as sql from './pictures.sql.ts'
import { keyUnknown, pictureUnavailable, subjectMissing, tooMany } from './problems.ts'
import { shareByKey, type ShareRow } from './sharing.sql.ts'
import type { Content } from './sheets.ts'
import type { Described, Subjects } from './subjects.ts'
import { dayWords } from './words.ts'

type Kind = Work['kind']
/** Another number whenever a picture is to look different: what was drawn before is drawn again. */
const DESIGN = 2
const MOST_AN_HOUR = 60
const KEPT_SECONDS = 7 * 86_400
const MOST_KEPT = 3000

export interface PicturesDeps {
  ctx: Pick<Ctx, 'db' | 'clock' | 'log'>
  stores: Pick<Stores, 'require'>
  members: Pick<Members, 'drawCode' | 'cards'>
  catalog: Pick<Catalog, 'pictureFile'>
  subjects: Subjects
  drawing: Drawing
}

/** Cards and posters: drawn when somebody asks and nothing with the same content is there, and kept for a week. */
export function createPictures({ ctx, stores, members, catalog, subjects, drawing }: PicturesDeps) {
  const { db, clock, log } = ctx
  const underWay = new Map<string, Promise<Buffer>>()

  const keep = (shareId: string, kind: sql.PictureKind, kept: sql.KeptPicture): Promise<boolean> =>
    inOneStatement(db, (tx) => sql.keepPicture(tx, { shareId, kind, ...kept, at: clock.now() }))

  async function contentOf(share: ShareRow, kind: Kind, described: Described): Promise<Content> {
    const { name, address } = stores.require(share.storeId)
    const sharer = kind === 'poster' ? (await members.cards([share.memberId])).get(share.memberId) : undefined
    return {
      described,
      storeName: name,
      storeAddress: address,
      sharer: sharer ? maskName(sharer.nickname) : '',
      dayWords: kind === 'poster' ? dayWords(businessDay(clock.now())) : '',
    }
  }
  /** The 小程序码 of a share; refuses when WeChat gives none. */
  const codeOf = async ({ id, key }: ShareRow): Promise<Buffer> =>
    (await drawnOnce({
      find: async () => (await sql.findPicture(db, id, 'code'))?.picture,
      draw: () => members.drawCode(sceneOf('s', key), SCENE_PAGE),
      keep: (picture) => keep(id, 'code', { content: Buffer.from(key), picture }),
    })) ?? refuse(pictureUnavailable)

  async function draw(share: ShareRow, kind: Kind, content: Content): Promise<Buffer> {
    if ((await sql.drawnSince(db, share.memberId, secondsAfter(clock.now(), -3600))) >= MOST_AN_HOUR)
      refuse(tooMany)
    const { pictureId } = content.described
    const picture = pictureId === null ? null : ((await catalog.pictureFile(pictureId)) ?? null)
    const code = kind === 'poster' ? await codeOf(share) : null
    const drawn = drawing.draw({ kind, content, picture, code }) ?? refuse(overloaded)
    return drawn.catch((error: unknown) => {
      log.error({ err: error, kind }, 'a picture could not be drawn')
      return refuse(pictureUnavailable)
    })
  }

  async function made(share: ShareRow, kind: Kind): Promise<Buffer> {
    const subject = { kind: share.kind, id: share.subjectId }
    const described = (await subjects.describe(share.storeId, subject)) ?? refuse(subjectMissing)
    const content = await contentOf(share, kind, described)
    const hash = createHash('sha256')
      .update(JSON.stringify([DESIGN, kind, content]))
      .digest()
    const kept = await sql.findPicture(db, share.id, kind)
    if (kept?.content.equals(hash)) return kept.picture
    const picture = await draw(share, kind, content)
    await keep(share.id, kind, { content: hash, picture })
    return picture
  }

  return {
    async of(key: string, kind: Kind): Promise<Buffer> {
      const share = (await shareByKey(db, key)) ?? refuse(keyUnknown)
      const name = `${key}.${kind}`
      const running = underWay.get(name) ?? made(share, kind).finally(() => underWay.delete(name))
      underWay.set(name, running)
      return running
    },
    forget: (): Promise<bigint> =>
      inOneStatement(db, (tx) =>
        sql.forgetPictures(tx, { before: secondsAfter(clock.now(), -KEPT_SECONDS), most: MOST_KEPT }),
      ),
  }
}
export type Pictures = ReturnType<typeof createPictures>
