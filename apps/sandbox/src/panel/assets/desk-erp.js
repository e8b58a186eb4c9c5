import { act, api, button, card, clockTime, el, menu, table, tag, yuan } from './dom.js'

const STATES = {
  done: ['good', '收下了'],
  partly: ['bad', '有行没收'],
  working: ['busy', '在应用'],
  waiting: ['wait', '等恢复'],
  refused: ['bad', '被拒绝'],
  silent: ['bad', '没回答'],
}
const ANSWERS = { ok: '照常回 204', failing: '回 500，不记账', lost: '记了账，回答丢了' }
const ROWS = 60

const bar = (label, ...children) => el('div', { class: 'erp-bar' }, el('span', {}, label), ...children)

const standing = (erp) => {
  if (!erp.connected) return tag('off', '未接入')
  return erp.isCut ? tag('bad', '断线') : tag('good', '在线')
}

const missing = (gaps) =>
  gaps.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join('、') || '没有'

const facts = (erp) =>
  el(
    'dl',
    { class: 'erp-facts' },
    ...[
      ['线路', standing(erp)],
      ['来源', erp.source ?? '还没有密钥：npm start 会接上'],
      ['用到的序号', String(erp.seq)],
      ['对方缺的序号', missing(erp.gaps)],
      ['等着发', `${erp.waiting} 批`],
      ['扣着没发', `${erp.withheld} 批`],
      ['对方库存账记到', erp.knownThrough === 0 ? '还没有' : `#${erp.knownThrough}`],
      ['上次有回答', erp.beatAt === null ? '还没有' : clockTime(erp.beatAt)],
    ].map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  )

const controls = (erp, refresh) => {
  const deed = (name) =>
    act(async () => {
      const { sent } = await api('erp/deeds', { deed: name })
      return sent ? `${sent.what}：${sent.words}` : '说过了：到现在没有变化'
    }, refresh)
  const line = () =>
    act(async () => {
      await api('erp/line', { isCut: !erp.isCut })
      return erp.isCut ? '线路恢复，等着的都发了' : '线路断了：发不出去，也收不到推送'
    }, refresh)
  const answers = (name) =>
    act(async () => {
      await api('erp/answers', { answers: name })
      return `收到推送以后：${ANSWERS[name]}`
    }, refresh)
  return el(
    'div',
    {},
    bar(
      '说什么',
      button('发全量库存', () => deed('stock')),
      button('发全量价格', () => deed('prices')),
      button('发一批增量', () => deed('changes'), 'primary'),
      button('上新品', () => deed('listing')),
      button('报平安', () => deed('beat')),
    ),
    bar(
      '出什么错',
      button('重复', () => deed('duplicate')),
      button('乱序', () => deed('reordered')),
      button('缺号', () => deed('gap')),
      button(`补发缺号${erp.withheld > 0 ? `（${erp.withheld}）` : ''}`, () => deed('fill')),
      button('同号不同内容', () => deed('contradiction')),
      button('没对照的编码', () => deed('unmapped')),
      button(erp.isCut ? '恢复线路' : '断线', line, erp.isCut ? 'primary' : ''),
      menu(
        `推送：${ANSWERS[erp.answers]}`,
        Object.entries(ANSWERS).map(([name, words]) => [words, () => answers(name)]),
      ),
    ),
  )
}

const sentRow = ({ at, what, numbers, state, words }) =>
  el(
    'tr',
    {},
    el('td', { class: 'time' }, clockTime(at)),
    el('td', { class: 'erp-what' }, what, numbers === '' ? null : el('small', {}, `序号 ${numbers}`)),
    el('td', {}, tag(...STATES[state])),
    el('td', {}, words),
  )

const heardRow = ({ at, type, words, times, fault }) =>
  el(
    'tr',
    {},
    el('td', { class: 'time' }, clockTime(at)),
    el('td', {}, fault === null ? el('code', {}, type) : tag('bad', fault)),
    el('td', {}, words),
    el('td', { class: 'number' }, times > 1 ? `来了 ${times} 次` : ''),
  )

const goodRow =
  (stores) =>
  ({ code, name, unit, priceFen, counts }) =>
    el(
      'tr',
      {},
      el('td', {}, el('b', {}, name), el('code', {}, code)),
      el('td', { class: 'number' }, `${yuan(priceFen)} / ${unit}`),
      ...stores.map((store) => el('td', { class: 'number' }, String(counts[store] ?? 0))),
    )

export const draw = async (desk, refresh) => {
  const erp = await api('erp')
  const stores = Object.keys(erp.stores).toSorted()
  desk.replaceChildren(
    card(
      '总部 ERP',
      '一个别家的 ERP：签名调用 /partner/v1 说商品、价格和库存，验签收订单、销售和库存推送。它的账跟着线上和收银台卖出去的走。',
      facts(erp),
      controls(erp, refresh),
    ),
    card(
      '发出去的',
      '最近 60 次。每一行后面是对方的回答。',
      table(
        [['时间'], ['说了什么'], ['怎么样'], ['对方说']],
        erp.sent.slice(0, ROWS).map(sentRow),
        '还没有发过。',
      ),
    ),
    card(
      '收到的推送',
      '最近 60 条，验过签名。同一条来几次都只记一次账。',
      table(
        [['时间'], ['类型'], ['内容'], ['', 'number']],
        erp.heard.slice(0, ROWS).map(heardRow),
        '还没有收到。在商城下一单，或者在收银台卖一笔。',
      ),
    ),
    card(
      'ERP 的库存账',
      '自己的数：第一天盘的，加上自己到货破损的，减去听到卖掉的。',
      table(
        [
          ['商品 / 编码'],
          ['价格', 'number'],
          ...stores.map((store) => [`${store} = ${erp.stores[store]}`, 'number']),
        ],
        erp.goods.map(goodRow(stores)),
        '没有商品。',
      ),
    ),
  )
}
