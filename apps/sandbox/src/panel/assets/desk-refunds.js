import { act, api, button, card, clockTime, el, table, tag, yuan } from './dom.js'

const STATES = {
  PROCESSING: ['busy', '处理中'],
  SUCCESS: ['good', '已退回'],
  ABNORMAL: ['bad', '异常'],
  CLOSED: ['off', '已关闭'],
}

const REDIRECTED = { user_card: '改退到顾客银行卡', merchant_account: '退到商户账户' }

export const draw = async (desk, refresh) => {
  const { refunds } = await api('refunds?limit=200')
  const settle = (refund, action, said) =>
    act(async () => {
      await api(`refunds/${encodeURIComponent(refund.outRefundNo)}/${action}`, {})
      return said
    }, refresh)
  const rows = refunds
    .toReversed()
    .map((refund) =>
      el(
        'tr',
        {},
        el('td', { class: 'time' }, clockTime(refund.createTime)),
        el('td', {}, el('b', {}, refund.reason ?? '没有写原因'), el('code', {}, refund.outRefundNo)),
        el('td', {}, el('code', {}, refund.outTradeNo)),
        el('td', { class: 'number' }, yuan(refund.refundFen), el('small', {}, `共 ${yuan(refund.totalFen)}`)),
        el(
          'td',
          {},
          tag(...STATES[refund.state]),
          refund.state === 'PROCESSING' && refund.settlesAt === null ? el('small', {}, '等你决定') : null,
          refund.redirectedTo ? el('small', {}, REDIRECTED[refund.redirectedTo]) : null,
        ),
        el('td', { class: 'actions' }, ...choices(refund, settle)),
      ),
    )
  desk.replaceChildren(
    card(
      '退款',
      '受理后稍等就会自己成功；想看异常，先在「故障」里设好，或在这里点。',
      table(
        [['受理'], ['原因 / 退款单号'], ['商户单号'], ['金额', 'number'], ['状态'], ['', 'actions']],
        rows,
        '还没有退款。',
      ),
    ),
  )
}

const choices = (refund, settle) => {
  if (refund.state === 'SUCCESS' || refund.state === 'CLOSED') return [el('code', {}, refund.refundId)]
  return [
    button('退款成功', () => settle(refund, 'succeed', '已退回'), 'primary'),
    ...(refund.state === 'PROCESSING'
      ? [button('异常', () => settle(refund, 'abnormal', '已置为异常'))]
      : []),
    button('关闭', () => settle(refund, 'close', '已关闭')),
  ]
}
