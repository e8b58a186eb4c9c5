import type { Query } from './query.ts'

/** What a run brought about, by kind: a run in which nothing of a kind came up has proved nothing of it. */
const CENSUS = `select 'orders of ' || coalesce(c.kind, 'no campaign') || ': ' || o.state as name, count(*)::int as times
    from orders o left join campaign c on c.id = o.campaign_id group by 1
  union all select 'refunds for ' || cause || ': ' || state, count(*)::int from refund group by 1
  union all select 'groups: ' || state, count(*)::int from buy_group group by 1
  union all select 'weeks of boxes: ' || state, count(*)::int from box_week group by 1
  union all select 'boxes, ' || verb, count(*)::int from box_event where week is null or verb in ('unskip', 'lapsed_out') group by 1`

export const takeCensus = async (query: Query): Promise<ReadonlyMap<string, number>> =>
  new Map((await query<{ name: string; times: number }>(CENSUS)).map(({ name, times }) => [name, times]))
