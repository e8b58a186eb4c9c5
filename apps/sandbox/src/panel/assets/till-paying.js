// The sum, and taking the money.
import { el, yuan } from './dom.js'
import { openSheet } from './till-sheet.js'

const big = (fen) => {
  const [whole = '', rest = ''] = (fen / 100).toFixed(2).split('.')
  return el(
    'p',
    { class: 'big', 'aria-label': `应收 ${whole} 元 ${rest} 分` },
    el('i', {}, '¥'),
    el('b', {}, Number(whole).toLocaleString('en-US')),
    el('i', {}, `.${rest}`),
  )
}

export const drawTotal = (region, sale, { close, clear }) => {
  const { goodsFen, offFen, payFen, pieces, points } = sale
  region.replaceChildren(
    el(
      'dl',
      { class: 'sums' },
      el('div', {}, el('dt', {}, `商品 ${pieces} 件`), el('dd', {}, yuan(goodsFen))),
      el(
        'div',
        { class: offFen > 0 ? 'saved' : '' },
        el('dt', {}, '券和积分'),
        el('dd', {}, offFen > 0 ? `−${yuan(offFen)}` : '—'),
      ),
    ),
    el('div', { class: 'asked' }, el('span', {}, '应收'), big(payFen)),
    el('p', { class: 'earns' }, points && points.earned > 0 ? `这一单得 ${points.earned} 积分` : ''),
    el(
      'div',
      { class: 'deeds' },
      el(
        'button',
        { type: 'button', class: 'plain', disabled: pieces === 0 && !sale.member, onclick: clear },
        '整单不要',
      ),
      el(
        'button',
        { type: 'button', class: 'pay', disabled: pieces === 0, onclick: close },
        '结账',
        el('kbd', {}, 'F9'),
      ),
    ),
  )
}

const NOTES_FEN = [1_000, 2_000, 5_000, 10_000]
/** The exact sum, then notes that a customer may hand over for it. */
const offered = (fen) => {
  const sums = [fen, Math.ceil(fen / 100) * 100, ...NOTES_FEN.map((note) => Math.ceil(fen / note) * note)]
  return [...new Set(sums)].sort((a, b) => a - b).slice(0, 5)
}

/** The sheet on which the money is taken. `pay` gets the tender and what was received. */
export const openPaying = (sale, { pay, back }) => {
  const { payFen, posTxnId } = sale
  const input = el('input', {
    id: 'received',
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-label': '收到现金',
    'data-first': true,
    placeholder: (payFen / 100).toFixed(2),
  })
  const change = el('output', {}, yuan(0))
  const done = el('button', { type: 'button', class: 'pay wide' }, '现金收好了', el('kbd', {}, 'Enter'))
  const received = () => (input.value.trim() === '' ? payFen : Math.round(Number(input.value) * 100))
  const look = () => {
    const more = received() - payFen
    const good = Number.isSafeInteger(more) && more >= 0
    change.textContent = good ? yuan(more) : '不够'
    change.classList.toggle('short', !good)
    done.disabled = !good
  }
  const cash = () => {
    if (!done.disabled) pay('cash', received())
  }
  input.addEventListener('input', look)
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') cash()
  })
  done.addEventListener('click', cash)
  look()
  openSheet(
    'paying',
    '收款',
    [
      el('div', { class: 'asked' }, el('span', {}, `应收 · ${posTxnId}`), big(payFen)),
      el(
        'div',
        { class: 'tenders' },
        el(
          'section',
          {},
          el('h3', {}, '现金'),
          input,
          el(
            'div',
            { class: 'notes' },
            ...offered(payFen).map((fen) =>
              el(
                'button',
                {
                  type: 'button',
                  onclick: () => {
                    input.value = (fen / 100).toFixed(2)
                    look()
                  },
                },
                yuan(fen),
              ),
            ),
          ),
          el('p', { class: 'change' }, el('span', {}, '找零'), change),
          done,
        ),
        el(
          'section',
          {},
          el('h3', {}, '扫码付'),
          el('p', { class: 'hint' }, '真的收银机在这里扫顾客的付款码。这里不收钱，按一下就算到账。'),
          el(
            'button',
            { type: 'button', class: 'leaf wide', onclick: () => pay('scan', payFen) },
            '扫码已到账',
            el('kbd', {}, 'F8'),
          ),
        ),
      ),
    ],
    back,
  )
}
