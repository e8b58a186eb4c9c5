import { type Evidence, examples, type Invariant, noRows } from './evidence.ts'

interface Message {
  id: string
  kind: string
  state: string
}
const arrived: Invariant = {
  name: 'every message arrived as it was sent, or is listed as one that did not',
  async broken({ query, received }: Evidence) {
    const messages = await query<Message>('select id, kind, state from webhook_message')
    const known = new Set(messages.map(({ id }) => id))
    return examples(this.name, [
      ...messages.filter(({ id, state }) => state === 'DUE' || (state === 'SENT' && !received.has(id))),
      ...[...received.keys()].filter((id) => !known.has(id)),
    ])
  },
}

/** What happened since somebody wanted to be told. */
const SINCE = `join webhook_endpoint w on b.at >= w.created_at`
export const WEBHOOKS: readonly Invariant[] = [
  arrived,
  noRows(
    'every entry of the books is told once',
    `select 'order ' || b.id as entry, count(m.id) as times from order_event b ${SINCE}
       left join webhook_message m on m.endpoint_id = w.id and m.topic = 'orders' and m.ref = b.id group by b.id having count(m.id) <> 1
     union all select 'stock ' || b.id, count(t.id) from stock_ledger b ${SINCE}
       left join (select m.endpoint_id, (e ->> 'id')::bigint as id from webhook_message m, jsonb_array_elements(m.body -> 'data' -> 'entries') e
         where m.topic = 'stock') t on t.endpoint_id = w.id and t.id = b.id
       where b.on_hand_delta <> 0 group by b.id having count(t.id) <> 1
     union all select 'sale ' || b.id, count(m.id) from order_event b ${SINCE}
       left join webhook_message m on m.endpoint_id = w.id and m.topic = 'sales' and m.ref = b.id
       where b.verb = 'hand_over' and b.to_state = 'COMPLETED' group by b.id having count(m.id) <> 1`,
  ),
]
