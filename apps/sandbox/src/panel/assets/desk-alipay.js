import { act, api, button, card, clockTime, el, table, tag, yuan } from './dom.js'

const STATES = {
  WAIT_BUYER_PAY: ['wait', '待付款'],
  TRADE_SUCCESS: ['good', '已支付'],
  TRADE_FINISHED: ['off', '已完结'],
  TRADE_CLOSED: ['off', '已关闭'],
}

export const draw = async (desk, refresh) => {
  const { trades } = await api('alipay/trades?limit=200')
  const doTo = (trade, action, said) =>
    act(async () => {
      await api(`alipay/trades/${trade.outTradeNo}/${action}`, {})
      return said
    }, refresh)
  const rows = trades.toReversed().map((trade) => {
    const backFen = trade.refunds.reduce((sum, { refundFen }) => sum + refundFen, 0)
    return el(
      'tr',
      {},
      el('td', { class: 'time' }, clockTime(trade.createdAt)),
      el('td', {}, el('b', {}, trade.subject), el('code', {}, trade.outTradeNo)),
      el(
        'td',
        { class: 'number' },
        yuan(trade.totalFen),
        backFen > 0 ? el('small', {}, `已退 ${yuan(backFen)}`) : null,
      ),
      el('td', {}, tag(...STATES[trade.state])),
      el(
        'td',
        { class: 'actions' },
        ...(trade.state === 'TRADE_SUCCESS'
          ? [
              button('完结', () => doTo(trade, 'finish', '已完结，同一笔付款又通知一次')),
              button('商家中心退款', () => doTo(trade, 'refund', '已退款，商户并不知道')),
            ]
          : [el('code', {}, trade.tradeNo)]),
      ),
    )
  })
  desk.replaceChildren(
    card(
      '支付宝交易',
      '顾客在支付宝页面登录后才有交易，最近 200 笔。没登录之前支付宝什么也不知道。',
      table(
        [['建立'], ['商品 / 商户单号'], ['金额', 'number'], ['状态'], ['', 'actions']],
        rows,
        '还没有交易。在浏览器商城里下一单，选支付宝。',
      ),
    ),
  )
}
