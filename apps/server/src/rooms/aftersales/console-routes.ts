import { consoleAftersaleRoutes } from '@linli/contract/console-aftersales'
import { storeDueRoutes } from '@linli/contract/store-dues'
import type { StaffActor } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { approve, judgeAppeal, quoteFor, reject } from './deciding.ts'
import { listDues } from './dues.ts'
import { listForDesk, showForDesk } from './reading.ts'
import { own, resend, settle } from './refunds.ts'
import { findReturn, give, inspect, receive } from './returning.ts'
import type { Room } from './room.ts'

interface Asked {
  actor: StaffActor
  requestId: string
  params: { aftersaleId: string }
}

export function mountConsole(http: Http, room: Room): void {
  const call = ({ actor, requestId }: Pick<Asked, 'actor' | 'requestId'>) => ({ actor, requestId })
  /** Every deed answers with the request as it is then. */
  const after = async (asked: Asked, doing: Promise<void>) => {
    await doing
    return showForDesk(room, asked.actor, asked.params.aftersaleId)
  }
  mount(http, consoleAftersaleRoutes, {
    'GET /console/v1/aftersales': ({ actor, query }) => listForDesk(room, actor, query),
    'GET /console/v1/aftersales/:aftersaleId': ({ actor, params }) =>
      showForDesk(room, actor, params.aftersaleId),
    'POST /console/v1/aftersales/:aftersaleId/refund-quotes': async ({ actor, params, body }) => {
      const planned = await quoteFor(room, actor, params.aftersaleId, body)
      return { ...planned, lines: [...planned.lines] }
    },
    'POST /console/v1/aftersales/:aftersaleId/approval': (asked) =>
      after(asked, approve(room, call(asked), asked.params.aftersaleId, asked.body)),
    'POST /console/v1/aftersales/:aftersaleId/rejection': (asked) =>
      after(asked, reject(room, call(asked), asked.params.aftersaleId, asked.body.words)),
    'POST /console/v1/aftersales/:aftersaleId/appeal-judgement': (asked) =>
      after(asked, judgeAppeal(room, call(asked), asked.params.aftersaleId, asked.body)),
    'POST /console/v1/return-checks': async ({ actor, body }) =>
      showForDesk(room, actor, (await findReturn(room, actor, body)).id, true),
    'POST /console/v1/returns': async (asked) =>
      showForDesk(room, asked.actor, await receive(room, call(asked), asked.body)),
    'POST /console/v1/exchanges': async (asked) =>
      showForDesk(room, asked.actor, await give(room, call(asked), asked.body), true),
    'POST /console/v1/aftersales/:aftersaleId/inspection': (asked) =>
      after(asked, inspect(room, call(asked), asked.params.aftersaleId, asked.body)),
    'POST /console/v1/aftersales/:aftersaleId/ownership': (asked) =>
      after(asked, own(room, call(asked), asked.params.aftersaleId)),
    'POST /console/v1/aftersales/:aftersaleId/resending': (asked) =>
      after(asked, resend(room, call(asked), asked.params.aftersaleId)),
    'POST /console/v1/aftersales/:aftersaleId/settlement': (asked) =>
      after(asked, settle(room, call(asked), asked.params.aftersaleId, asked.body.words)),
  })
  mount(http, storeDueRoutes, {
    'GET /console/v1/store-dues': ({ actor, query }) => listDues(room, actor, query),
  })
}
