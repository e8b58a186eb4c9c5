import { act, api, button, card, clockTime, el, menu, table, tag, yuan } from './dom.js'

const STATES = {
  NOTPAY: ['wait', '待支付'],
  SUCCESS: ['good', '已支付'],
  REFUND: ['busy', '有退款'],
  CLOSED: ['off', '已关闭'],
}

const LOGISTICS = { 1: '快递', 2: '同城', 3: '虚拟', 4: '自提' }
const CARDS = { 1: '已支付', 2: '备货中', 3: '可取货', 4: '已取货', 5: '已退款' }

const RESULTS = {
  ok: '已付款，通知已发出',
  fail: '余额不足，仍待支付',
  cancel: '顾客取消了支付',
  null: '已付款，但前端不会知道',
}

export const draw = async (desk, refresh) => {
  const { orders } = await api('orders?limit=200')
  const pay = (order, outcome, extra = {}) =>
    act(async () => {
      const { result } = await api('pay', { prepayId: order.prepayId, outcome, ...extra })
      return outcome === 'late' ? '已付款，通知压着' : RESULTS[String(result)]
    }, refresh)
  const release = (order) =>
    act(async () => {
      await api(`orders/${encodeURIComponent(order.outTradeNo)}/release`, {})
      return '已解冻，可以退款'
    }, refresh)
  const rows = orders
    .toReversed()
    .map((order) =>
      el(
        'tr',
        {},
        el('td', { class: 'time' }, clockTime(order.createdAt)),
        el('td', {}, el('b', {}, order.description), el('code', {}, order.outTradeNo)),
        el('td', {}, order.shopper ?? '未知'),
        el(
          'td',
          { class: 'number' },
          yuan(order.totalFen),
          order.couponFen > 0 ? el('small', {}, `立减 ${yuan(order.couponFen)}`) : null,
        ),
        el(
          'td',
          {},
          tag(...STATES[order.state]),
          order.sharing === 'frozen' ? el('small', {}, '分账冻结，退不了') : null,
          order.shipping
            ? el('small', {}, `发货信息已收 · ${LOGISTICS[order.shipping.logisticsType]}`)
            : null,
          order.delayedTo ? el('small', {}, `已报备延期发货，到 ${clockTime(order.delayedTo * 1000)}`) : null,
          order.card
            ? el(
                'small',
                { title: order.card.text },
                `微信里的卡片：${CARDS[order.card.status] ?? order.card.status}`,
              )
            : null,
          order.sharing === 'released' ? el('small', {}, '已解冻') : null,
        ),
        el('td', { class: 'actions' }, ...choices(order, pay, release)),
      ),
    )
  desk.replaceChildren(
    card(
      '订单',
      '商户下的每一笔单，最近 200 笔。付款按钮就是顾客的手机。',
      table(
        [['下单'], ['商品 / 商户单号'], ['顾客'], ['金额', 'number'], ['状态'], ['', 'actions']],
        rows,
        '还没有订单。在商城里下一单，这里马上就会出现。',
      ),
    ),
  )
}

const choices = (order, pay, release) => {
  if (order.state !== 'NOTPAY')
    return [
      el('code', {}, order.transactionId ?? ''),
      ...(order.sharing === 'frozen' ? [button('解冻剩余资金', () => release(order))] : []),
    ]
  const half = Math.floor(order.totalFen / 2)
  return [
    button('付款', () => pay(order, 'success'), 'primary'),
    menu('其他', [
      ['余额不足', () => pay(order, 'fail')],
      ['取消', () => pay(order, 'cancel')],
      ['付款但不通知前端', () => pay(order, 'success-without-callback')],
      ['稍后到账', () => pay(order, 'late')],
      null,
      [`用券付款（立减 ${yuan(half)}）`, () => pay(order, 'success', { couponFen: half })],
    ]),
  ]
}
