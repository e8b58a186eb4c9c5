/** What this vendor's tills know of goods by themselves: their own names and prices, whatever a shop thinks of them. */
export type Good = { barcode: string; name: string; unitFen: number; initials: string }

const LIST = `
6999911000015|内丘苹果 约1kg|1280|nqpg
6999911000022|威县西瓜 约4kg|1590|wxxg
6999911000039|宁晋鸭梨 约1.5kg|1180|njyl
6999911000046|香蕉 约1kg|698|xj
6999911000053|砂糖橘 约1.5kg|1390|stj
6999911000060|巨峰葡萄 500g|1290|jfpt
6999911000077|猕猴桃 6枚|1380|mhtm
6999910000016|黄瓜 约500g|298|hg
6999910000023|西红柿 约500g|399|xhs
6999910000030|土豆 约1kg|358|td
6999910000047|大白菜 约2kg|396|dbc
6999910000054|圆茄子 约500g|329|yqz
6999910000061|豆角 约400g|459|dj
6999912000014|猪前腿肉 约500g|1390|zqtr
6999912000021|猪五花肉 约500g|1690|zwhr
6999912000038|排骨 约500g|2590|pg
6999912000045|牛腱子 约500g|3990|njz
6999913000013|纯牛奶 250ml×12|3990|cnn
6999913000020|鲜牛奶 950ml|1590|xnn
6999913000037|原味酸奶 100g×8|1290|ywsn
6999913000044|儿童高钙奶 190ml×12|4290|etggn
6999914000012|特一小麦粉 5kg|2290|tyxmf
6999914000029|长粒香米 5kg|3290|clxm
6999914000036|黄小米 1kg|1190|hxm
6999914000043|挂面 1kg|790|gm
6999914000050|花生油 5L|10990|hsy
6999914000081|酱油 800ml|890|jy
6999914000098|陈醋 500ml|690|cc
6999915000011|苏打饼干 400g|790|sdbg
6999915000028|威化饼干 200g|690|whbg
6999915000035|薯片 104g|890|sp
6999915000042|瓜子 308g|1190|gz
6999916000010|饮用水 550ml×24|2390|yys
6999916000027|苏打水 400ml×15|2990|sds
6999916000034|绿茶饮料 500ml|300|lcyl
6999916000041|冰红茶 1L|450|bhc
6999917000019|红烧牛肉面 5包|1390|hsnrm
6999917000026|老坛酸菜面 桶|490|ltscm
6999917000033|自热米饭 300g|1590|zrmf
6999917000040|八宝粥 360g|450|bbz
6999918000018|洗衣液 3kg|3290|xyy
6999918000025|洗洁精 1.5kg|1290|xjj
6999918000032|抽纸 110抽×24|2990|czc
6999918000049|卷纸 12卷|2690|jzj
6999919000017|保鲜膜 30m|990|bxm
6999919000024|保鲜盒 3件|2590|bxhj
6999919000031|不锈钢炒锅 32cm|12900|bxgcg
6999919000048|保温杯 500ml|5990|bwb
`

export const GOODS: readonly Good[] = LIST.trim()
  .split('\n')
  .map((row) => {
    const [barcode = '', name = '', fen = '', initials = ''] = row.split('|')
    return { barcode, name, unitFen: Number(fen), initials }
  })

const byBarcode = new Map(GOODS.map((good) => [good.barcode, good]))
export const goodOf = (barcode: string): Good | undefined => byBarcode.get(barcode)

const FOUND_MAX = 12
/** Goods whose name holds this, or whose initials begin so. */
export const findGoods = (text: string): Good[] => {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  return GOODS.filter(({ name, initials }) => name.includes(wanted) || initials.startsWith(wanted)).slice(
    0,
    FOUND_MAX,
  )
}

const EVERY_DAY = [
  '6999911000015',
  '6999911000039',
  '6999911000046',
  '6999910000016',
  '6999910000023',
  '6999913000020',
  '6999914000081',
  '6999914000098',
  '6999914000050',
  '6999917000019',
  '6999916000034',
  '6999918000032',
]
/** Goods that have a key of their own on the screen. */
export const QUICK: readonly Good[] = EVERY_DAY.flatMap((barcode) => goodOf(barcode) ?? [])
