import { act, api, button, card, clockTime, el, menu, span, table, tag } from './dom.js'

const STATES = {
  pending: ['busy', '在重试'],
  held: ['wait', '压着'],
  delivered: ['good', '已送达'],
  exhausted: ['bad', '已放弃'],
  dropped: ['off', '已丢弃'],
}

const EVENTS = {
  'TRANSACTION.SUCCESS': '支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
}

/** Deliveries that must be refused: the product accepting one of these is a finding. */
const FORGERIES = [
  ['tampered-body', '篡改报文'],
  ['bad-signature', '坏签名'],
  ['signtest', 'SIGNTEST 探测'],
  ['stale-timestamp', '一天前的时间戳'],
  ['missing-headers', '缺签名头'],
  ['unknown-serial', '未知序列号'],
  ['wrong-tag', '密文校验失败'],
  ['wrong-key', '错误 APIv3 密钥'],
]

/** Well signed, wrongly filled: the product must notice and must not fulfil. */
const MISFITS = [
  ['other-mchid', '别人的商户号'],
  ['other-appid', '别人的 appid'],
  ['amount-mismatch', '金额多 1 分'],
  ['unknown-order', '未知商户单号'],
  ['unknown-event', '未知事件类型'],
]

const FORMS = [
  ['certificate-key', '平台证书签名'],
  ['header-case', '请求头全小写'],
  ['chunked', '分块传输'],
]

const mustRefuse = new Set(FORGERIES.map(([name]) => name))

export const draw = async (desk, refresh) => {
  const [{ notifications }, clock] = await Promise.all([api('notifications?limit=200'), api('clock')])
  const now = new Date(clock.now).getTime()
  const send = (notification, action, label, body = {}) =>
    act(async () => {
      const { accepted } = await api(`notifications/${notification.id}/${action}`, body)
      if (accepted === null) return `${label}：好了`
      if (accepted && mustRefuse.has(action)) throw new Error(`${label}：商户竟然收下了，这是个漏洞`)
      return `${label}：商户${accepted ? '收下了' : '拒收或没有回应'}`
    }, refresh)
  const rows = notifications.toReversed().map((one) => row(one, now, send))
  desk.replaceChildren(
    card(
      '回调通知',
      '15 秒起步、共 15 次、约 24 小时的真实重试梯子，走虚拟时钟。',
      table(
        [['发起'], ['事件 / 单号'], ['状态'], ['每次送达'], ['', 'actions']],
        rows,
        '还没有通知。顾客付款后才会有。',
      ),
    ),
  )
}

const row = (one, now, send) => {
  const open = one.state === 'pending' || one.state === 'held'
  const next =
    one.nextAt === null
      ? null
      : el('small', {}, `${span(Math.max(0, one.nextAt - now))}后第 ${one.rung + 1} 次`)
  return el(
    'tr',
    {},
    el('td', { class: 'time' }, clockTime(one.createTime)),
    el(
      'td',
      {},
      el('b', {}, EVENTS[one.eventType] ?? one.eventType),
      el('code', {}, one.outRefundNo ?? one.outTradeNo),
    ),
    el('td', {}, tag(...STATES[one.state]), next),
    el('td', {}, ladder(one.attempts)),
    el(
      'td',
      { class: 'actions' },
      button(open ? '立即发送' : '再发一次', () => send(one, 'send', '发送'), open ? 'primary' : ''),
      menu('更多', [
        ['重复发两次', () => send(one, 'duplicate', '重复')],
        ['同时发两次', () => send(one, 'duplicate-concurrent', '并发重复')],
        ...(open
          ? [
              ['延迟 10 分钟', () => send(one, 'delay', '延迟', { seconds: 600 })],
              ['丢弃', () => send(one, 'drop', '丢弃')],
            ]
          : []),
        null,
        ...[...FORGERIES, ...MISFITS, ...FORMS].map(([name, label]) => [label, () => send(one, name, label)]),
      ]),
    ),
  )
}

const ladder = (attempts) =>
  el(
    'ol',
    { class: 'ladder' },
    ...attempts.map((attempt) => {
      const accepted = attempt.status === 200 || attempt.status === 204
      const faithful = ['faithful', 'duplicate', 'duplicate-concurrent'].includes(attempt.variant)
      const said = attempt.status ?? attempt.error
      const label = `${clockTime(attempt.virtualAt)} ${faithful ? '' : `${attempt.variant} `}→ ${said}，${attempt.tookMs} 毫秒`
      const tone = accepted ? 'good' : 'bad'
      return el(
        'li',
        { class: `${tone} ${faithful ? '' : 'forged'}`, title: label, 'aria-label': label },
        String(attempt.status ?? '×'),
      )
    }),
  )
