// The left half: what was scanned, and goods by name for those without a scanner.
import { el, yuan } from './dom.js'

/** @param {{ line: any, at: number, frozen: boolean, change: (at: number, quantity: number) => void }} row */
const lineRow = ({ line, at, frozen, change }) =>
  el(
    'li',
    { class: 'line' },
    el('span', { class: 'no' }, String(at + 1)),
    el('p', { class: 'what' }, el('b', {}, line.name), el('small', {}, line.barcode)),
    el('span', { class: 'unit' }, yuan(line.unitFen)),
    el(
      'div',
      { class: 'stepper', role: 'group', 'aria-label': `${line.name} 数量` },
      el(
        'button',
        {
          type: 'button',
          'aria-label': line.quantity === 1 ? '去掉' : '少一件',
          disabled: frozen,
          onclick: () => change(at, line.quantity - 1),
        },
        line.quantity === 1 ? '×' : '−',
      ),
      el('output', {}, String(line.quantity)),
      el(
        'button',
        {
          type: 'button',
          'aria-label': '多一件',
          disabled: frozen,
          onclick: () => change(at, line.quantity + 1),
        },
        '+',
      ),
    ),
    el(
      'p',
      { class: 'sum' },
      line.payFen < line.fullFen ? el('s', {}, yuan(line.fullFen)) : null,
      el('b', {}, yuan(line.payFen)),
    ),
  )

/** The lines, or what to do when there are none. */
export const drawBasket = (region, { lines, paying }, change) => {
  if (lines.length === 0)
    return region.replaceChildren(
      el(
        'div',
        { class: 'nothing' },
        el('p', { class: 'bars', 'aria-hidden': 'true' }, ...Array.from({ length: 15 }, () => el('i'))),
        el('h2', {}, '扫第一件商品'),
        el('p', {}, '没有扫码枪：点下面的商品，或在上面输名称、首字母（例如 pg）回车'),
      ),
    )
  const list = el(
    'ol',
    { class: 'lines' },
    ...lines.map((line, at) => lineRow({ line, at, frozen: paying, change })),
  )
  region.replaceChildren(list)
  region.scrollTop = region.scrollHeight
}

/** Goods of every day, a press each. */
export const drawQuick = (region, goods, pick) =>
  region.replaceChildren(
    ...goods.map(({ barcode, name, unitFen }) =>
      el(
        'button',
        { type: 'button', class: 'quick', onclick: () => pick(barcode) },
        el('b', {}, name),
        el('span', {}, yuan(unitFen)),
      ),
    ),
  )
