// The bar over the till, and the one sentence that says how its line is.
import { el } from './dom.js'

const TROUBLES = {
  'partners.key_unknown': '钥匙不对：到「设置」里换一把',
  'partners.key_ended': '钥匙停用了：请总部再给一把',
  'partners.signature_wrong': '密钥抄错了：到「设置」里重新填',
  'partners.clock_off': '这台机器的时钟不准：先对时',
  'partners.off': '总部停用了这台机器的系统',
  'partners.scope_missing': '总部没有给这项权限',
  'partners.store_foreign': '总部没有把这家店给这台机器',
  'partners.too_many': '调用太多，过一会儿自动再传',
  'stores.missing': '商城没有这个门店号',
  'network.unreadable': '商城地址不对，或它前面的代理坏了',
}
/** What there is to say about the line; null when all is well. */
const wordOf = ({ key, line, pack, waiting }) => {
  const alone = '照常收银，小票先存着。'
  if (!key) return { tone: 'bad', text: `这台收银机还没有钥匙：${alone}`, button: '现在连上' }
  if (line.trouble)
    return {
      tone: 'bad',
      text: `${TROUBLES[line.trouble] ?? `商城没有答应（${line.trouble}）`}。${alone}`,
      button: '设置',
    }
  if (line.online) return null
  const why = line.cut ? '断网' : '商城没有回应'
  const what = pack ? '会员亮二维码、券亮券码照样能用，积分先不能用。' : '没有离线包，会员和券都核不了。'
  const kept = `小票存在本机${waiting > 0 ? `（${waiting} 张）` : ''}，联网自动上传。`
  return { tone: 'cut', text: `${why}：照常收银。${what}${kept}`, button: null }
}

/** Says it, or nothing. */
export const drawWord = (region, view, showSettings) => {
  const word = wordOf(view)
  region.hidden = word === null
  if (!word) return
  region.className = `word ${word.tone}`
  region.setAttribute('role', 'status')
  const press = { type: 'button', onclick: showSettings }
  region.replaceChildren(el('p', {}, word.text), word.button ? el('button', press, word.button) : '')
}

/** `deeds`: what its buttons do. */
export const drawTop = (region, { place, line, waiting, pack }, { showReceipts, showSettings, setLine }) =>
  region.replaceChildren(
    el(
      'p',
      { class: 'brand' },
      el('b', {}, '禾记收银'),
      el('span', { class: 'badge' }, el('b', {}, '沙盒 SANDBOX')),
    ),
    el(
      'p',
      { class: 'place' },
      el('b', {}, place.storeName),
      el('span', {}, `${place.storeId} · ${place.terminal} 号机`),
    ),
    el('span', { class: 'gap' }),
    el('span', { class: `pack ${pack ? '' : 'none'}` }, pack ? `离线包 ${pack.day.slice(5)}` : '没有离线包'),
    el(
      'button',
      { type: 'button', class: `tool ${waiting > 0 ? 'waits' : ''}`, onclick: showReceipts },
      waiting > 0 ? `待上传 ${waiting}` : '小票与退货',
      el('kbd', {}, 'F4'),
    ),
    el('button', { type: 'button', class: 'tool', onclick: showSettings }, '设置'),
    el(
      'div',
      { class: 'switch', role: 'group', 'aria-label': '网线' },
      ...[
        [false, '在线'],
        [true, '断网'],
      ].map(([cut, label]) =>
        el(
          'button',
          {
            type: 'button',
            class: cut ? 'cut' : 'up',
            'aria-pressed': String(line.cut === cut),
            onclick: () => setLine(cut),
          },
          label,
        ),
      ),
    ),
  )
