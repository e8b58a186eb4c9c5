import { api, card, clockTime, el, table, tag } from './dom.js'

const CHANNELS = { wechat: ['good', '订阅消息'], sms: ['busy', '短信'] }

export const draw = async (desk) => {
  const { messages } = await api('phone-messages')
  const rows = messages
    .toReversed()
    .map((message) =>
      el(
        'tr',
        {},
        el('td', { class: 'time' }, clockTime(message.at)),
        el('td', {}, el('code', {}, message.to)),
        el('td', {}, tag(...CHANNELS[message.channel])),
        el(
          'td',
          {},
          el('b', {}, message.title),
          ...message.lines.map(([name, value]) => el('small', {}, name === '' ? value : `${name}：${value}`)),
          message.page === '' ? null : el('code', {}, message.page),
        ),
      ),
    )
  desk.replaceChildren(
    card(
      '顾客的手机',
      '商户发来的订阅消息和短信，最近 1000 条，沙盒重启就清空。',
      table(
        [['时间'], ['谁的手机'], ['从哪来'], ['内容']],
        rows,
        '还没有消息。在商城里付一单，点「备好了发微信告诉我」，再到店员端备好。',
      ),
    ),
  )
}
