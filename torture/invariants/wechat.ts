import { isWechats } from '../actions/wechat.ts'
import { examples, type Invariant, noRows, type Notice } from './evidence.ts'

/** Deliveries as WeChat makes them: nothing about them is wrong. */
const FAITHFUL = new Set([
  'faithful',
  'duplicate',
  'duplicate-concurrent',
  'header-case',
  'chunked',
  'bom',
  'certificate-key',
])
const isTaken = (status: number | null): boolean => status === 200 || status === 204

/** It went on its way for a day, reached us faithfully, and was turned away to the end. */
const wasTurnedAway = ({ attempts }: Notice): boolean => {
  const last = attempts.findLast(({ variant, status }) => FAITHFUL.has(variant) && status !== null)
  return last !== undefined && !isTaken(last.status)
}

const acknowledged: Invariant = {
  name: 'every notification was acknowledged',
  broken: ({ notices }) =>
    Promise.resolve(
      examples(
        acknowledged.name,
        notices.filter(
          (notice) =>
            notice.state === 'pending' ||
            notice.state === 'held' ||
            (notice.state === 'exhausted' && wasTurnedAway(notice)),
        ),
      ),
    ),
}

const kept: Invariant = {
  name: 'every notification of WeChat that we took is in the inbox',
  async broken({ query, notices }) {
    const inbox = new Set(
      (await query<{ id: string }>('select notice_id as id from payment_notice')).map(({ id }) => id),
    )
    const taken = notices.filter(
      ({ eventType, attempts }) =>
        isWechats(eventType) &&
        attempts.some(({ variant, status }) => FAITHFUL.has(variant) && isTaken(status)),
    )
    return examples(
      this.name,
      taken.filter(({ id }) => !inbox.has(id)),
    )
  },
}

export const WECHAT: readonly Invariant[] = [
  acknowledged,
  kept,
  noRows(
    'the bills of every day were fetched and compared',
    `select provider, day::text, state, trouble, trouble_detail from bill_day where state <> 'DONE'
     union all select distinct a.provider, 'none', '', '', '' from payment_attempt a where a.state = 'PAID' and a.provider in ('wechat', 'alipay')
       and not exists (select from bill_day d where d.provider = a.provider)`,
  ),
  noRows(
    'bills and books agree, or somebody said why not',
    `select provider, day::text, source, kind, state, our_no, ours_fen::int, theirs_fen::int, ours_state, theirs_state from bill_difference
     where state in ('WAITING', 'OPEN')`,
  ),
]
