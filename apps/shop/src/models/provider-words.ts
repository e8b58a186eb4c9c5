import type { Provider } from './wire.ts'

interface Words {
  /** As its owner calls it. */
  name: string
  /** On the button that leads there, before the sum. */
  pay: string
  note: string
}

/** What the shopper reads of each way of paying. */
export const PROVIDER_WORDS: Readonly<Record<Provider, Words>> = {
  wechat: { name: '微信支付', pay: '微信支付', note: '就在这一页付' },
  alipay: { name: '支付宝', pay: '支付宝支付', note: '去支付宝付，付完回到这里' },
}

/** A way of paying by the name that an address carries; null for any other text. */
export const providerOf = (text: string | null): Provider | null =>
  text === 'wechat' || text === 'alipay' ? text : null
