// Receipts: the one that was just printed, those of today with what the shop said to them, and goods that come back.
import { el, tag, yuan } from './dom.js'
import { openSheet } from './till-sheet.js'

const STATES = {
  waiting: ['wait', '等待上传'],
  recorded: ['good', '已记录'],
  conflict: ['bad', '冲突'],
  refused: ['bad', '没收下'],
}
const CONFLICTS = {
  barcode_unknown: '条码商城不认识',
  stock_short: '卖了线上订的货',
  benefit_missing: '优惠对不上',
  basket_changed: '占用后改过商品',
  return_unmatched: '退货对不上',
  coupon_refused: '离线收的券不成',
  'tills.txn_reused': '单号用过了',
}
const stateTag = ({ state, words }) => {
  const [tone, name] = STATES[state]
  return el(
    'span',
    { class: 'state' },
    tag(tone, name),
    words.length > 0 ? el('small', {}, words.map((word) => CONFLICTS[word] ?? word).join('、')) : null,
  )
}
const TENDERS = { cash: '现金', scan: '扫码付' }
const two = (number) => String(number).padStart(2, '0')
const timeOf = (instant, withDay = false) => {
  const at = new Date(new Date(instant).getTime() + 8 * 3_600_000)
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  return withDay ? `${at.toISOString().slice(0, 10)} ${time}` : time
}

const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value))

/** A receipt as the printer makes it. */
export const paper = (receipt) =>
  el(
    'article',
    { class: 'paper', 'aria-label': `小票 ${receipt.posTxnId}` },
    el('h3', {}, receipt.place.storeName),
    el('p', { class: 'code' }, receipt.kind === 'return' ? '退货小票' : '购物小票'),
    el('p', { class: 'code number' }, receipt.posTxnId),
    el('p', { class: 'code' }, `${timeOf(receipt.soldAt, true)} · ${receipt.terminal} 号机`),
    el(
      'ul',
      {},
      ...receipt.lines.map((line) =>
        el(
          'li',
          {},
          el('b', {}, line.name),
          el('span', {}, `${line.quantity} × ${yuan(line.unitFen)}`),
          el('span', {}, yuan(receipt.kind === 'return' ? line.payFen : line.quantity * line.unitFen)),
          line.returned > 0 ? el('small', {}, `已退 ${line.returned} 件`) : null,
        ),
      ),
    ),
    el(
      'dl',
      {},
      ...receipt.offs.map(({ label, offFen }) => fact(label, `−${yuan(offFen)}`)),
      el(
        'div',
        { class: 'sum' },
        el('dt', {}, receipt.kind === 'return' ? '退款' : '实收'),
        el('dd', {}, yuan(receipt.paidFen)),
      ),
      fact('方式', TENDERS[receipt.tender]),
      ...(receipt.tender === 'cash' && receipt.receivedFen !== null
        ? [fact('收', yuan(receipt.receivedFen)), fact('找', yuan(receipt.receivedFen - receipt.paidFen))]
        : []),
      ...(receipt.memberName ? [fact('会员', receipt.memberName)] : []),
      ...(receipt.returnOf ? [fact('原单', receipt.returnOf)] : []),
    ),
    el('p', { class: 'thanks' }, receipt.kind === 'return' ? '券和积分由会员系统按规则退回' : '谢谢惠顾'),
  )

/** Shows what was printed just now, until the next customer. */
export const openPrinted = (receipt) => {
  const change =
    receipt.tender === 'cash' && receipt.kind === 'sale' ? receipt.receivedFen - receipt.paidFen : null
  openSheet('printed', receipt.kind === 'return' ? '退好了' : '收好了', [
    el(
      'div',
      { class: 'printed' },
      paper(receipt),
      el(
        'div',
        { class: 'aside' },
        change === null
          ? null
          : el('p', { class: 'change' }, el('span', {}, '找零'), el('output', {}, yuan(change))),
        receipt.kind === 'return'
          ? el('p', { class: 'change' }, el('span', {}, '退给顾客'), el('output', {}, yuan(receipt.paidFen)))
          : null,
        stateTag(receipt),
        receipt.state === 'waiting'
          ? el('p', { class: 'hint' }, '小票已存在这台机器上，一有网就上传。')
          : null,
        el(
          'form',
          { method: 'dialog' },
          el('button', { class: 'pay wide', 'data-first': true }, '下一位', el('kbd', {}, 'Enter')),
        ),
      ),
    ),
  ])
}

/** The receipts of today, and those that still wait. */
export const openReceipts = ({ receipts, waiting }, { show, upload }) =>
  openSheet('receipts', '今天的小票', [
    el(
      'div',
      { class: 'finder' },
      el('input', {
        id: 'find-receipt',
        placeholder: '扫小票上的单号，或输入后回车',
        'aria-label': '小票单号',
        autocomplete: 'off',
        'data-first': true,
        onkeydown: (event) => {
          if (event.key === 'Enter' && event.target.value.trim() !== '') show(event.target.value)
        },
      }),
      el(
        'button',
        { type: 'button', class: 'plain', disabled: waiting === 0, onclick: upload },
        waiting === 0 ? '都上传了' : `上传 ${waiting} 张`,
      ),
    ),
    receipts.length === 0
      ? el('p', { class: 'none' }, '今天还没有小票')
      : el(
          'ul',
          { class: 'receipts' },
          ...receipts.map((receipt) =>
            el(
              'li',
              {},
              el(
                'button',
                { type: 'button', onclick: () => show(receipt.posTxnId) },
                el('time', {}, timeOf(receipt.soldAt)),
                el('span', { class: 'code' }, receipt.posTxnId),
                el(
                  'span',
                  {},
                  `${receipt.kind === 'return' ? '退 ' : ''}${receipt.pieces} 件 · ${TENDERS[receipt.tender]}`,
                ),
                el(
                  'b',
                  { class: receipt.kind },
                  `${receipt.kind === 'return' ? '−' : ''}${yuan(receipt.paidFen)}`,
                ),
                stateTag(receipt),
              ),
            ),
          ),
        ),
  ])

const backOf = ({ payFen, quantity, returned }, pieces) =>
  Math.floor((payFen * (returned + pieces)) / quantity) - Math.floor((payFen * returned) / quantity)

/** One receipt, and which of its goods come back. */
export const openReceipt = (receipt, { list, giveBack }) => {
  const wishes = new Map()
  const sum = el('output', {}, yuan(0))
  const [cash, scanned] = ['cash', 'scan'].map((tender) =>
    el(
      'button',
      {
        type: 'button',
        class: tender === 'cash' ? 'pay wide' : 'plain wide',
        disabled: true,
        onclick: () => giveBack(receipt.posTxnId, [...wishes.values()], tender),
      },
      tender === 'cash' ? '退现金' : '原路退回（扫码）',
    ),
  )
  const look = () => {
    const fen = receipt.lines.reduce(
      (total, line) => total + backOf(line, wishes.get(line.lineNo)?.quantity ?? 0),
      0,
    )
    const some = [...wishes.values()].some(({ quantity }) => quantity > 0)
    sum.textContent = yuan(fen)
    cash.disabled = !some
    scanned.disabled = !some
  }
  const row = (line) => {
    const left = line.quantity - line.returned
    const wish = { lineNo: line.lineNo, quantity: 0, resellable: false }
    wishes.set(line.lineNo, wish)
    const count = el('output', {}, '0')
    const change = (by) => {
      wish.quantity = Math.min(left, Math.max(0, wish.quantity + by))
      count.textContent = String(wish.quantity)
      look()
    }
    return el(
      'li',
      {},
      el(
        'p',
        {},
        el('b', {}, line.name),
        el('small', {}, left === 0 ? '都退过了' : `买 ${line.quantity} 件，还能退 ${left} 件`),
      ),
      el(
        'div',
        { class: 'stepper', role: 'group', 'aria-label': `退 ${line.name} 几件` },
        el(
          'button',
          { type: 'button', 'aria-label': '少退一件', disabled: left === 0, onclick: () => change(-1) },
          '−',
        ),
        count,
        el(
          'button',
          { type: 'button', 'aria-label': '多退一件', disabled: left === 0, onclick: () => change(1) },
          '+',
        ),
      ),
      el(
        'label',
        { class: 'shelf' },
        el('input', {
          type: 'checkbox',
          disabled: left === 0,
          onchange: (event) => (wish.resellable = event.target.checked),
        }),
        '还能卖，回货架',
      ),
    )
  }
  const isSale = receipt.kind === 'sale'
  openSheet('receipt', isSale ? '小票与退货' : '退货小票', [
    el(
      'div',
      { class: 'printed' },
      paper(receipt),
      el(
        'div',
        { class: 'aside' },
        stateTag(receipt),
        receipt.state === 'conflict'
          ? el('p', { class: 'hint' }, '收银不用管：店长和总部在管理台「收银冲突」里处理。')
          : null,
        isSale ? el('h3', {}, '退哪些') : null,
        isSale ? el('ul', { class: 'back' }, ...receipt.lines.map(row)) : null,
        isSale ? el('p', { class: 'change' }, el('span', {}, '退给顾客'), sum) : null,
        isSale ? cash : null,
        isSale ? scanned : null,
        el('button', { type: 'button', class: 'link', onclick: list }, '回到今天的小票'),
      ),
    ),
  ])
}
