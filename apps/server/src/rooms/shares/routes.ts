import { consoleShareRoutes, shareRoutes } from '@linli/contract/shares'
import { type Http, mount } from '#kernel/http'
import { Problem } from '#kernel/problem'
import type { Stores } from '#room/stores'
import type { Opening } from './opening.ts'
import type { Pictures } from './pictures.ts'
import { keyUnknown } from './problems.ts'
import type { Reading } from './reading.ts'
import type { Sharing } from './sharing.ts'
import type { Terms } from './terms.ts'

export const mountShopper = (
  http: Http,
  { sharing, opening, stores }: { sharing: Sharing; opening: Opening; stores: Pick<Stores, 'find'> },
): void =>
  mount(http, shareRoutes, {
    'POST /v1/shares': ({ actor, body }) => sharing.pass({ memberId: actor.memberId, ...body }),
    'POST /v1/share-opens': async ({ actor, body }) => {
      const landing = await opening.open(actor, body.key, body.device)
      return { ...landing, storeName: stores.find(landing.storeId)?.name ?? landing.storeId }
    },
    'POST /v1/me/share-opens': async ({ actor, body }) => ({
      kept: await opening.claim(actor.memberId, body.device),
    }),
  })

const KEY = /^[A-Za-z0-9]{12}$/
const FILE = /^(card|poster)\.jpg$/
/** A price may change: what WeChat and browsers keep is soon asked for again. */
const BRIEFLY = 'public, max-age=300'

/** Pictures by address, for whoever has the key: WeChat and photo albums carry no session. */
export const mountPictures = ({ app }: Http, pictures: Pictures): void =>
  void app.get<{ Params: { key: string; file: string } }>(
    '/share-pictures/:key/:file',
    async ({ params: { key, file } }, reply) => {
      const kind = FILE.exec(file)?.[1]
      if (!KEY.test(key) || (kind !== 'card' && kind !== 'poster')) throw new Problem(keyUnknown)
      const picture = await pictures.of(key, kind)
      return reply.headers({ 'cache-control': BRIEFLY, 'content-type': 'image/jpeg' }).send(picture)
    },
  )

export const mountConsole = (http: Http, { reading, terms }: { reading: Reading; terms: Terms }): void =>
  mount(http, consoleShareRoutes, {
    'GET /console/v1/share-figures': ({ actor, query }) => reading.figures(actor, query),
    'GET /console/v1/shares': ({ actor, query }) => reading.list(actor, query),
    'GET /console/v1/shares/:shareId': ({ actor, params }) => reading.chain(actor, params.shareId),
    'GET /console/v1/share-terms': async () => ({ items: await terms.list() }),
    'POST /console/v1/share-terms': (call) => terms.set(call, call.body),
  })
