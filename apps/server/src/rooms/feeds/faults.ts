/** Why a row was not taken in. The code is stable for machines; the sentence is for the people who mend it. */
export type FaultCode = keyof typeof WORDS
export interface Fault {
  code: FaultCode
  /** What the row said. */
  said?: string
  /** What we know that does not agree with it. */
  known?: string
}

const WORDS = {
  contradicts: ({ known = '' }: Fault) => `这个序号来过，内容不同（先到的是 ${known}），没有采用`,
  said_twice: ({ said = '', known = '' }: Fault) => `同一门店同一商品出现两次：${known} 和 ${said}`,
  not_told: () => '这个来源没有开通这类数据',
  store_unknown: ({ said = '' }: Fault) => `门店编码「${said}」没有对照到我们的门店`,
  store_foreign: ({ said = '' }: Fault) => `门店「${said}」不归这个接入方管`,
  goods_unknown: ({ said = '' }: Fault) => `商品编码「${said}」没有对照到我们的商品`,
  level_missing: () => '这家门店没有上过这个商品（组合套餐没有自己的库存）',
  count_or_change: () => '数量和增减要写一个，也只能写一个',
  quantity_invalid: ({ said = '' }: Fault) => `「${said}」不是数量：最多三位小数`,
  at_invalid: ({ said = '' }: Fault) => `「${said}」不是时间`,
  at_ahead: ({ said = '' }: Fault) => `${said} 还没有到：对方的时钟快了`,
  price_invalid: ({ said = '' }: Fault) => `「${said}」不是价格：0.01 元到 10 万元，最多两位小数`,
  price_missing: () => '这家门店第一次卖它，要有价格',
  online_above: ({ said = '', known = '' }: Fault) => `线上价 ${said} 元高于门店价 ${known} 元`,
  base_above: ({ said = '', known = '' }: Fault) =>
    `划线价 ${said} 元高于法定基准：按《规范促销行为暂行规定》，只能用促销前 7 天内本店最低成交价，现在最高 ${known} 元`,
  base_without: () => '划线价要同线上价一起：没有优惠就没有可比的价格',
  barcode_invalid: ({ said = '' }: Fault) => `「${said}」不是 13 位条码，或末位校验不对`,
  barcode_taken: ({ said = '' }: Fault) => `条码 ${said} 是另一个商品的`,
  category_unknown: ({ said = '' }: Fault) => `分类「${said}」没有对照到我们的分类`,
  facts_missing: ({ said = '' }: Fault) => `新商品还缺：${said}`,
  goods_twice: ({ said = '' }: Fault) => `编码「${said}」和另一个编码指的是同一个商品，先在对照里改`,
  cell_invalid: ({ said = '' }: Fault) => said,
} as const satisfies Record<string, (fault: Fault) => string>

/** The sentence for people. */
export const wordsOf = (fault: Fault): string => WORDS[fault.code](fault)
