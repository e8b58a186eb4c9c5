import { act, api, button, card, el, table } from './dom.js'

/** The ones people reach for most; everything else is in the form below. */
const PRESETS = [
  { label: '下单应答丢失一次', rule: { match: { route: 'jsapi' }, action: 'timeout-after', times: 1 } },
  { label: '下单 500 后成功', rule: { match: { route: 'jsapi' }, action: 'status', times: 1 } },
  {
    label: '下单限流 429',
    rule: {
      match: { route: 'jsapi' },
      action: { kind: 'status', status: 429, code: 'FREQUENCY_LIMITED' },
      times: 3,
    },
  },
  { label: '应答签名错误', rule: { match: { route: '*' }, action: 'bad-signature', times: 1 } },
  { label: '通知永不送达', rule: { match: { route: 'notify' }, action: 'drop', times: 1 } },
  { label: '通知重复且并发', rule: { match: { route: 'notify' }, action: 'duplicate-concurrent', times: 1 } },
  { label: '先探测再送真通知', rule: { match: { route: 'notify' }, action: 'signtest', times: 1 } },
  { label: '关单前刚好付款', rule: { match: { route: 'close' }, action: 'pay-first', times: 1 } },
  { label: '退款异常', rule: { match: { route: 'refund' }, action: 'refund-abnormal', times: 1 } },
  {
    label: '商户余额不足',
    rule: {
      match: { route: 'refund' },
      action: { kind: 'status', status: 403, code: 'NOT_ENOUGH', message: '基本账户余额不足' },
      times: 1,
    },
  },
  { label: '登录超时', rule: { match: { route: 'jscode2session' }, action: 'timeout-before', times: 1 } },
]

const TAKES = {
  ms: '毫秒',
  seconds: '秒',
  status: 'HTTP 状态',
  code: '错误码',
  message: '错误信息',
  errcode: 'errcode',
  errmsg: 'errmsg',
}
const NUMBERS = new Set(['ms', 'seconds', 'status', 'errcode'])

export const draw = async (desk, refresh) => {
  const { rules, actions, routes, fits } = await api('faults')
  const mine = rules.filter((rule) => rule.namespace === '')
  const set = (list, said) =>
    act(async () => {
      await api('faults', { rules: list.map(described) })
      return said
    }, refresh)
  desk.replaceChildren(
    card(
      '生效中的故障',
      '自上而下，第一条合适的生效。测试用的命名空间不会影响别人。',
      table(
        [['接口'], ['动作'], ['条件'], ['命中', 'number'], ['', 'actions']],
        rules.map((rule) => ruleRow(rule, actions, routes, () => set(without(mine, rule), '已撤销'))),
        '一切正常：没有任何故障。',
      ),
      el(
        'p',
        { class: 'presets' },
        el('span', {}, '常用'),
        ...PRESETS.map(({ label, rule }) => button(label, () => set([...mine, rule], `已添加：${label}`))),
        rules.length > 0
          ? button(
              '全部清空',
              () => act(() => api('faults', {}, 'DELETE').then(() => '已清空'), refresh),
              'danger',
            )
          : null,
      ),
    ),
    editor({ actions, routes, fits }, (rule) => set([...mine, rule], '故障已生效')),
  )
}

const without = (rules, gone) => rules.filter((rule) => rule.id !== gone.id)

const ruleRow = (rule, actions, routes, withdraw) =>
  el(
    'tr',
    {},
    el('td', {}, routes[rule.match.route] ?? '全部接口'),
    el('td', {}, el('b', {}, actions[rule.action.kind].title), el('code', {}, details(rule.action))),
    el('td', {}, conditions(rule)),
    el('td', { class: 'number' }, `${rule.struck}${rule.times === null ? '' : ` / ${rule.times}`}`),
    el(
      'td',
      { class: 'actions' },
      rule.namespace === '' ? button('撤销', withdraw) : el('code', {}, rule.namespace),
    ),
  )

/** A rule as the interface takes it: without what it counts. */
const described = ({ match, action, times, probability, seed }) => ({
  match,
  action,
  ...(times === null || times === undefined ? {} : { times }),
  ...(probability === undefined || probability === 1 ? {} : { probability, seed }),
})

const details = ({ kind, ...rest }) =>
  [kind, ...Object.entries(rest).map(([name, value]) => `${name}=${value}`)].join(' ')

const conditions = ({ match, probability }) =>
  [
    match.outTradeNo ? `单号 ${match.outTradeNo}` : '',
    match.shopper ? `顾客 ${match.shopper}` : '',
    match.nth ? `第 ${match.nth} 次` : '',
    probability < 1 ? `概率 ${probability}` : '',
  ]
    .filter((text) => text !== '')
    .join('，') || '每次'

const field = (label, control) => el('label', {}, el('span', {}, label), control)

const editor = ({ actions, routes, fits }, add) => {
  const route = el(
    'select',
    { name: 'route' },
    ...Object.entries(routes).map(([name, label]) => el('option', { value: name }, `${label} ${name}`)),
  )
  const kind = el('select', { name: 'kind' })
  const extra = el('div', { class: 'extra' })
  const showExtra = () =>
    extra.replaceChildren(
      ...(actions[kind.value]?.takes ?? []).map((name) =>
        field(TAKES[name], el('input', { name, type: NUMBERS.has(name) ? 'number' : 'text' })),
      ),
    )
  const showKinds = () => {
    kind.replaceChildren(
      ...fits[route.value].map((name) =>
        el('option', { value: name }, `${actions[name].title}（${actions[name].modes.join('、')}）`),
      ),
    )
    showExtra()
  }
  route.addEventListener('change', showKinds)
  kind.addEventListener('change', showExtra)
  showKinds()
  const form = el(
    'form',
    { class: 'editor' },
    field('接口', route),
    field('动作（失败模式编号）', kind),
    field('最多几次', el('input', { name: 'times', type: 'number', min: 1, value: 1 })),
    field('只在第几次', el('input', { name: 'nth', type: 'number', min: 1, placeholder: '不限' })),
    field('商户单号', el('input', { name: 'outTradeNo', placeholder: '不限' })),
    field('顾客', el('input', { name: 'shopper', placeholder: '不限' })),
    extra,
    el('button', { class: 'button primary', type: 'submit' }, '添加故障'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    add(ruleFrom(new FormData(form)))
  })
  return card('新故障', '选一个接口和一种坏法。', form)
}

const ruleFrom = (data) => {
  const filled = (name) => (data.get(name) ? { [name]: data.get(name) } : {})
  const numbered = (name) => (data.get(name) ? { [name]: Number(data.get(name)) } : {})
  const action = { kind: data.get('kind') }
  for (const name of Object.keys(TAKES))
    Object.assign(action, NUMBERS.has(name) ? numbered(name) : filled(name))
  return {
    match: { route: data.get('route'), ...filled('outTradeNo'), ...filled('shopper'), ...numbered('nth') },
    action,
    ...numbered('times'),
  }
}
