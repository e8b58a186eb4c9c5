/**
 * Shares: who passed what on, who opened it, and what they ordered.
 *
 * Owns share_terms, share, share_open, share_order, share_cursor and share_picture. Promises that an opening counts once for each member and each
 * telephone and never for whoever passed it on; that an order is put down to the share its member had opened last within the days of the terms of then,
 * once and for ever, without placing it being asked anything; that a chain can be followed from the first share to the money that went back; and that
 * nobody is given anything for it here.
 * Tells others who opened what somebody passed on, and whose share somebody opened last. Other rooms say how their things are described (`describe`).
 */
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Catalog } from '#room/catalog'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { lastOpened, listOpeners, type OpenedShare, type Opener } from './asking.sql.ts'
import { followOrders } from './attributing.ts'
import { createDrawing } from './drawing.ts'
import { createOpening, type PromoterKeyOf } from './opening.ts'
import { createPictures } from './pictures.ts'
import { createReading } from './reading.ts'
import { mountConsole, mountPictures, mountShopper } from './routes.ts'
import { createSharing } from './sharing.ts'
import { forgetDevices } from './sharing.sql.ts'
import { createSubjects, type Describe, type SubjectRef } from './subjects.ts'
import { createTerms } from './terms.ts'

export type { OpenedShare, Opener } from './asking.sql.ts'
export type { Describe, Described, SubjectRef } from './subjects.ts'

/** Telephones are told apart for so long. */
const DEVICE_SECONDS = 90 * 86_400
const MOST_OPENERS = 1000

export interface Shares {
  /** Things of this kind can be passed on from now: said once, at the start, by the room that has them. */
  describe(kind: string, describe: Describe): void
  /** Says which members promote: whoever opens a share of theirs comes by their link. Said once, at the start; nobody does before. */
  promotersAre(keyOf: PromoterKeyOf): void
  /** The share, of one thing or of anything, that a member had opened last within a span; undefined: none. */
  openedBy(
    memberId: string,
    span: { since: Date; before: Date },
    subject?: SubjectRef,
  ): Promise<OpenedShare | undefined>
  /** Members who opened what somebody passed on of one thing, each once, the first one first. */
  sharesOf(sharerId: string, subject: SubjectRef): Promise<Opener[]>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}
export interface SharesDeps {
  stores: Stores
  staff: Staff
  members: Members
  catalog: Catalog
}

export function createShares(ctx: Ctx, deps: SharesDeps): Shares {
  const { db, clock } = ctx
  const subjects = createSubjects(deps)
  const drawing = createDrawing()
  let promoterKeyOf: PromoterKeyOf = async () => null
  const pictures = createPictures({ ctx, ...deps, subjects, drawing })
  return {
    describe: subjects.add,
    promotersAre(keyOf) {
      promoterKeyOf = keyOf
    },
    openedBy: (memberId, span, subject) =>
      lastOpened(db, { memberId, ...span, kind: subject?.kind ?? null, subjectId: subject?.id ?? null }),
    sharesOf: (sharerId, { kind, id }) => listOpeners(db, { sharerId, kind, subjectId: id }, MOST_OPENERS),
    routes(http) {
      mountShopper(http, {
        sharing: createSharing(ctx, { ...deps, subjects }),
        opening: createOpening(ctx, () => promoterKeyOf),
        stores: deps.stores,
      })
      mountPictures(http, pictures)
      mountConsole(http, {
        reading: createReading({ ctx, ...deps, subjects }),
        terms: createTerms(ctx, deps.staff),
      })
      http.app.addHook('onClose', () => drawing.close())
    },
    sweeps: [
      followOrders(ctx),
      {
        name: 'shares.forget',
        seconds: 3600,
        async run() {
          await pictures.forget()
          await inOneStatement(db, (tx) => forgetDevices(tx, secondsAfter(clock.now(), -DEVICE_SECONDS)))
        },
      },
    ],
  }
}
