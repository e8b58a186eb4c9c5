// The few helpers the desks share: elements, requests, formats.

/**
 * @param {string} tag
 * @param {Record<string, any>} props `on…` are listeners, `data` is the dataset, the rest are attributes
 * @param {...(Node | string | null)} children
 */
export const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else if (name === 'data') Object.assign(node.dataset, value)
    else if (value === true) node.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value))
  }
  node.append(...children.filter((child) => child !== null))
  return node
}

/** A request to the control interface. Refusals become errors with the sandbox's own sentence. */
export const api = async (path, body, method = body === undefined ? 'GET' : 'POST') => {
  const reply = await fetch(`/_sim/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = await reply.json()
  if (!reply.ok) throw new Error(answer.message ?? `HTTP ${reply.status}`)
  return answer
}

let fading = 0

/** One line at the bottom of the page, for five seconds. */
export const toast = (text, bad = false) => {
  const line = document.querySelector('#toast')
  line.textContent = text
  line.classList.toggle('bad', bad)
  line.hidden = false
  clearTimeout(fading)
  fading = setTimeout(() => (line.hidden = true), 5_000)
}

/** Runs an action of the operator, says how it went, then lets the desk look again. */
export const act = async (work, refresh) => {
  try {
    const said = await work()
    if (said) toast(said)
  } catch (error) {
    toast(error.message, true)
  }
  await refresh()
}

export const yuan = (fen) => `¥${(fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`

const two = (number) => String(number).padStart(2, '0')

/** Time of day in Beijing for today, with the date otherwise. */
export const clockTime = (instant) => {
  const at = new Date(new Date(instant).getTime() + 8 * 3_600_000)
  return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
}

/** How long until or since, in the largest useful unit. */
export const span = (milliseconds) => {
  const seconds = Math.round(milliseconds / 1_000)
  if (seconds < 60) return `${seconds} 秒`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} 时 ${Math.floor((seconds % 3_600) / 60)} 分`
  return `${Math.floor(seconds / 86_400)} 天 ${Math.floor((seconds % 86_400) / 3_600)} 时`
}

/** A state: colour, shape and word, so it reads in grey too. */
export const tag = (tone, word) => {
  const shapes = { good: '●', busy: '◐', wait: '○', bad: '▲', off: '–' }
  return el('span', { class: `tag ${tone}` }, el('i', { 'aria-hidden': 'true' }, shapes[tone]), word)
}

/** A menu behind one button. Items are [label, action] or null for a rule. */
export const menu = (label, items) => {
  const details = el(
    'details',
    { class: 'menu' },
    el('summary', { class: 'button small' }, label),
    el(
      'div',
      { class: 'items' },
      ...items.map((item) =>
        item === null
          ? el('hr')
          : el(
              'button',
              {
                type: 'button',
                onclick: () => {
                  details.open = false
                  item[1]()
                },
              },
              item[0],
            ),
      ),
    ),
  )
  return details
}

export const button = (label, onclick, extra = '') =>
  el('button', { type: 'button', class: `button small ${extra}`, onclick }, label)

/** A table with a head; an empty one says so instead. */
export const table = (heads, rows, empty) =>
  rows.length === 0
    ? el('p', { class: 'empty' }, empty)
    : el(
        'div',
        { class: 'scroll' },
        el(
          'table',
          {},
          el(
            'thead',
            {},
            el('tr', {}, ...heads.map(([name, kind]) => el('th', { class: kind, scope: 'col' }, name))),
          ),
          el('tbody', {}, ...rows),
        ),
      )

export const card = (title, hint, ...children) =>
  el('section', { class: 'card' }, el('header', {}, el('h2', {}, title), el('p', {}, hint)), ...children)
