// Where this till stands, and the key that it signs with.
import { el } from './dom.js'
import { openSheet } from './till-sheet.js'

const field = (name, label, value, more = {}) =>
  el(
    'label',
    {},
    el('span', {}, label),
    el('input', { name, value, required: true, autocomplete: 'off', spellcheck: 'false', ...more }),
  )

const form = (fields, label, send) =>
  el(
    'form',
    {
      class: 'settings',
      onsubmit: (event) => {
        event.preventDefault()
        send(Object.fromEntries(new FormData(event.target)))
      },
    },
    ...fields,
    el('button', { class: 'plain wide' }, label),
  )

const time = (instant) =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** Key, place and day pack of this machine. */
export const openSettings = ({ key, place, pack, line }, { keepKey, keepPlace, fetchPack, badLuck }) =>
  openSheet('settings', '这台收银机', [
    el(
      'div',
      { class: 'columns' },
      el(
        'section',
        {},
        el('h3', {}, '钥匙'),
        el(
          'p',
          { class: 'hint' },
          key
            ? `现在用 ${key.keyId}，连 ${key.origin}。密钥存在本机，不再显示。`
            : '还没有钥匙：总部在管理台「开放平台」里给。',
        ),
        form(
          [
            field('origin', '商城地址', key?.origin ?? '', {
              placeholder: 'https://shop.example.com',
              'data-first': true,
            }),
            field('keyId', '钥匙编号', '', { placeholder: 'lk_…' }),
            field('secret', '密钥', '', { type: 'password' }),
          ],
          key ? '换成这把钥匙' : '用这把钥匙',
          keepKey,
        ),
      ),
      el(
        'section',
        {},
        el('h3', {}, '门店和机号'),
        form(
          [
            field('storeId', '门店号', place.storeId),
            field('storeName', '门店名', place.storeName),
            field('terminal', '机号', place.terminal),
          ],
          '存下（正在收的一单会清掉）',
          keepPlace,
        ),
        el('h3', {}, '离线包'),
        el(
          'p',
          { class: 'hint' },
          pack
            ? `${pack.day} 的，收 ${pack.offers} 种券，用到 ${time(pack.validUntil)}。`
            : '没有能用的离线包：断网时认不了会员，也收不了券。',
        ),
        el(
          'button',
          { type: 'button', class: 'plain wide', disabled: line.cut, onclick: fetchPack },
          '现在取一份',
        ),
        el('h3', {}, '演示网络出错'),
        el(
          'div',
          { class: 'luck' },
          el(
            'button',
            { type: 'button', class: 'plain', onclick: () => badLuck('answer_lost') },
            '下一个答复丢掉',
          ),
          el(
            'button',
            { type: 'button', class: 'plain', onclick: () => badLuck('sent_twice') },
            '下一个请求发两遍',
          ),
        ),
      ),
    ),
  ])
