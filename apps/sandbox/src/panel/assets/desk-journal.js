import { api, card, clockTime, el, tag } from './dom.js'

const KINDS = {
  request: ['good', '收到请求'],
  notification: ['busy', '发出通知'],
  shopper: ['wait', '顾客'],
  control: ['off', '操作'],
  warning: ['bad', '留意'],
}
const KEPT = 400

/** What has been read so far; the journal only grows, so each look asks for what is new. */
const seen = { last: 0, entries: [], filter: '' }

export const draw = async (desk, refresh) => {
  const since = seen.last === 0 ? Math.max(0, (await api('journal?since=0&limit=1')).last - KEPT) : seen.last
  const { last, entries } = await api(`journal?since=${since}&limit=1000`)
  seen.last = entries.at(-1)?.seq ?? Math.max(seen.last, Math.min(last, since))
  seen.entries = [...seen.entries, ...entries].slice(-KEPT)
  if (entries.length === 0 && desk.querySelector('.journal')) return
  const open = new Set([...desk.querySelectorAll('details[open]')].map((one) => one.dataset.seq))
  const shown = seen.entries.filter((entry) => seen.filter === '' || entry.kind === seen.filter).toReversed()
  desk.replaceChildren(
    card(
      '流水',
      '过沙盒门口的每一件事，最近 400 条，点开看报文。',
      filters(desk, refresh),
      shown.length === 0
        ? el('p', { class: 'empty' }, '还没有动静。')
        : el('div', { class: 'journal' }, ...shown.map((entry) => line(entry, open.has(String(entry.seq))))),
    ),
  )
}

const filters = (desk, refresh) =>
  el(
    'p',
    { class: 'presets' },
    ...[['', '全部'], ...Object.entries(KINDS).map(([kind, [, word]]) => [kind, word])].map(([kind, word]) =>
      el(
        'button',
        {
          type: 'button',
          class: `button small ${seen.filter === kind ? 'on' : ''}`,
          'aria-pressed': String(seen.filter === kind),
          onclick: () => {
            seen.filter = kind
            desk.replaceChildren()
            void refresh()
          },
        },
        word,
      ),
    ),
  )

const line = (entry, open) =>
  el(
    'details',
    { data: { seq: entry.seq }, open },
    el(
      'summary',
      {},
      el('time', {}, clockTime(entry.at).slice(6)),
      tag(...KINDS[entry.kind]),
      el('span', { class: 'what' }, entry.what),
      entry.fault ? el('span', { class: 'fault' }, entry.fault) : null,
      el(
        'span',
        { class: `status ${entry.status >= 400 ? 'bad' : ''}` },
        entry.status === undefined ? '' : String(entry.status),
      ),
      el('span', { class: 'took' }, entry.tookMs === undefined ? '' : `${entry.tookMs} ms`),
    ),
    ...['note', 'received', 'sent']
      .filter((name) => entry[name])
      .map((name) =>
        el(
          'div',
          {},
          el(
            'b',
            {},
            { note: '说明', received: entry.kind === 'notification' ? '商户回' : '收到', sent: '发出' }[name],
          ),
          el('pre', {}, entry[name]),
        ),
      ),
  )
