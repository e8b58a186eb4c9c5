/** What the pretended ERP has on its books before anybody sold anything: its own codes of stores and goods, its own counts. */

export type Good = {
  /** The ERP's own word for it; goods without one are called by their barcode. */
  code: string
  barcode: string
  name: string
  unit: string
  priceFen: number
  /** By store of the ERP. */
  counts: Record<string, number>
}

/** Its numbers of the stores S01, S02 and S03. */
export const STORES: Readonly<Record<string, string>> = { '01': 'S01', '02': 'S02', '03': 'S03' }

const LIST = `
6999911000015|内丘苹果 约1kg|份|1280
6999911000022|威县西瓜 约4kg|个|1590
6999911000039|宁晋鸭梨 约1.5kg|份|1180
6999911000046|香蕉 约1kg|份|698
6999910000016|黄瓜 约500g|份|298
6999910000023|西红柿 约500g|份|399
6999913000013|纯牛奶 250ml×12|箱|3990
6999913000020|鲜牛奶 950ml|盒|1590
6999914000012|特一小麦粉 5kg|袋|2290
6999914000050|花生油 5L|桶|10990
6999914000098|陈醋 500ml|瓶|690
6999915000011|苏打饼干 400g|袋|790
6999916000010|饮用水 550ml×24|箱|2390
6999916000034|绿茶饮料 500ml|瓶|300
6999918000018|洗衣液 3kg|瓶|3290
6999918000032|抽纸 110抽×24|提|2990
`

const LEAST = 48
const SPREAD = 37

/** The books of the first day; the same on every machine. */
export const firstGoods = (): Good[] =>
  LIST.trim()
    .split('\n')
    .map((line, at) => {
      const [barcode = '', name = '', unit = '', price = ''] = line.split('|')
      const counts = Object.keys(STORES).map((store, nth) => [store, LEAST + ((at * 11 + nth * 17) % SPREAD)])
      return {
        code: barcode,
        barcode,
        name,
        unit,
        priceFen: Number(price),
        counts: Object.fromEntries(counts) as Record<string, number>,
      }
    })

/** A code that nobody at the chain has mapped to goods of theirs: its rows wait there until somebody does. */
export const UNMAPPED_CODE = 'E-9001'

const NEW_GOODS = [
  ['红富士苹果 礼盒', '盒', 6800],
  ['雪花梨 礼盒', '盒', 5800],
  ['阳光玫瑰 500g', '串', 2980],
  ['蜜柚 约1.2kg', '个', 1290],
  ['冬枣 500g', '份', 1580],
] as const
const EVEN_WEIGHT = 3
const TEN = 10

/** Thirteen digits with the check digit that EAN asks for, in the range of numbers that nobody in the world has. */
const barcodeOf = (number: number): string => {
  const twelve = `69999198${String(number).padStart(4, '0')}`
  const sum = Array.from(twelve, Number).reduce(
    (all, digit, at) => all + digit * (at % 2 === 0 ? 1 : EVEN_WEIGHT),
    0,
  )
  return `${twelve}${(TEN - (sum % TEN)) % TEN}`
}

/** Goods that were listed after the first day, by how many there were before. */
export const newGood = (number: number): Good => {
  const [name, unit, priceFen] = NEW_GOODS[number % NEW_GOODS.length] ?? NEW_GOODS[0]
  const barcode = barcodeOf(number + 1)
  const round = Math.floor(number / NEW_GOODS.length)
  return {
    code: barcode,
    barcode,
    name: round === 0 ? name : `${name} ${round + 1}`,
    unit,
    priceFen,
    counts: Object.fromEntries(Object.keys(STORES).map((store) => [store, 0])),
  }
}
