import { checkDigit, GOODS, type Good } from './goods.ts'

export interface Bundle {
  readonly barcode: string
  readonly name: string
  readonly subtitle: string
  readonly description: string
  /** Barcode and pieces of each component, the one on the cover first. */
  readonly components: readonly (readonly [barcode: string, quantity: number])[]
  /** What it costs less than its components, in basis points. */
  readonly offBp: number
}

const coded = (item: number): string => {
  const twelve = `699992000${String(item).padStart(3, '0')}`
  return `${twelve}${checkDigit(twelve)}`
}

/** Two boxes for a week, made of goods of the chain. None of them is weighed: a bundle has one price. */
export const BUNDLES: readonly Bundle[] = [
  {
    barcode: coded(1),
    name: '果蔬粮油组合 A',
    subtitle: '三口之家的一周 · 米油蛋菜一次备齐',
    description: '长粒香米、大豆油、鲜鸡蛋，再配菠菜、香菇和葡萄，一周的家常饭都在里面。',
    components: [
      ['6999914000029', 1],
      ['6999914000067', 1],
      ['6999912000083', 1],
      ['6999910000078', 2],
      ['6999910000085', 1],
      ['6999911000060', 1],
    ],
    offBp: 800,
  },
  {
    barcode: coded(2),
    name: '果蔬粮油组合 B',
    subtitle: '一人食 · 小米粥配两样菜',
    description: '黄小米、绿豆熬粥，平菇、北豆腐炒两个菜，饭后一盒草莓。',
    components: [
      ['6999914000036', 1],
      ['6999914000159', 1],
      ['6999910000092', 1],
      ['6999913000075', 2],
      ['6999911000107', 1],
    ],
    offBp: 700,
  },
]

/** A component as the catalogue has it. */
export const goodOf = (barcode: string): Good => {
  const good = GOODS.find((each) => each.barcode === barcode)
  if (!good) throw new Error(`no good ${barcode}`)
  return good
}
