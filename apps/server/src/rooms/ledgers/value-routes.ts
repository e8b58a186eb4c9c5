import {
  consoleStoredValueRoutes,
  staffStoredValueRoutes,
  storedValueRoutes,
} from '@linli/contract/stored-value'
import { type Http, mount } from '#kernel/http'
import type { StoredValue } from './stored-value.ts'

export function mountStoredValue(http: Http, value: StoredValue): void {
  mount(http, storedValueRoutes, {
    'GET /v1/stored-value': ({ actor }) => value.mine(actor.memberId),
    'GET /v1/stored-value/postings': ({ actor, query }) => value.myPostings(actor.memberId, query),
  })
  mount(http, staffStoredValueRoutes, {
    'GET /staff/v1/stored-value-members': ({ query }) => value.find(query.phoneTail),
    'POST /staff/v1/stored-value-members/:memberId/top-ups': ({ actor, requestId, params, body }) =>
      value.topUp({ actor, requestId }, params.memberId, body),
  })
  mount(http, consoleStoredValueRoutes, {
    'GET /console/v1/stored-value': () => value.books(),
    'PUT /console/v1/stored-value/terms': ({ actor, requestId, body }) =>
      value.setTerms({ actor, requestId }, body),
    'GET /console/v1/stored-value-members': ({ query }) => value.find(query.phoneTail),
    'GET /console/v1/stored-value-members/:memberId/postings': ({ params, query }) =>
      value.postings(params.memberId, query),
    'POST /console/v1/stored-value-members/:memberId/top-ups': ({ actor, requestId, params, body }) =>
      value.topUp({ actor, requestId }, params.memberId, body),
    'POST /console/v1/stored-value-members/:memberId/pay-outs': ({ actor, requestId, params, body }) =>
      value.payOut({ actor, requestId }, params.memberId, body),
  })
}
