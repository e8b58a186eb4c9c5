import type { GoodsForm, ListingForm } from './form.ts'

/** A field that two people changed to different values. */
export interface Clash {
  field: keyof GoodsForm
  label: string
  theirs: string
  mine: string
}

const labels: Record<keyof GoodsForm, string> = {
  name: '名称',
  subtitle: '副标题',
  description: '介绍',
  categoryId: '分类',
  unit: '单位',
  weighed: '称重',
  pieceGrams: '每份约重',
  perGrams: '单价按',
  components: '套餐里有',
  speciality: '本地特产',
  origin: '产地',
  storage: '储存',
  shelfLife: '保质期',
  allergens: '致敏提示',
  licence: '许可证号',
  ingredients: '配料',
  pictures: '图片',
  listings: '门店价与货位',
}

const say = (value: GoodsForm[keyof GoodsForm]): string => {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (value === null) return '不是套餐'
  if (typeof value === 'string') return value || '（空）'
  return value.every((each) => typeof each === 'string') ? value.join('、') || '（空）' : `${value.length} 项`
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

// Stores are merged one by one and field by field: two people pricing two stores do not clash.
const mergeListings = (base: ListingForm[], theirs: ListingForm[], mine: ListingForm[]): ListingForm[] => [
  ...theirs.map((their) => {
    const before = base.find((each) => each.storeId === their.storeId)
    const my = mine.find((each) => each.storeId === their.storeId)
    if (!before || !my) return their
    return {
      storeId: their.storeId,
      price: my.price === before.price ? their.price : my.price,
      online: my.online === before.online ? their.online : my.online,
      onShelf: my.onShelf === before.onShelf ? their.onShelf : my.onShelf,
      shelf: my.shelf === before.shelf ? their.shelf : my.shelf,
    }
  }),
  // Stores that I am only just adding are on nobody else's list.
  ...mine.filter(({ storeId }) => ![...theirs, ...base].some((each) => each.storeId === storeId)),
]

/**
 * Puts two people's changes to the same product together. What only one of them touched is taken from that one; what both
 * touched stays as typed here and is named, so that nothing is overwritten unseen.
 */
export const mergeForms = (
  base: GoodsForm,
  theirs: GoodsForm,
  mine: GoodsForm,
): { form: GoodsForm; clashes: Clash[] } => {
  const form = { ...theirs, listings: mergeListings(base.listings, theirs.listings, mine.listings) }
  const clashes: Clash[] = []
  for (const field of Object.keys(labels) as (keyof GoodsForm)[]) {
    if (field === 'listings' || same(mine[field], base[field])) continue
    Object.assign(form, { [field]: mine[field] })
    if (!same(theirs[field], base[field]) && !same(theirs[field], mine[field]))
      clashes.push({ field, label: labels[field], theirs: say(theirs[field]), mine: say(mine[field]) })
  }
  return { form, clashes }
}
