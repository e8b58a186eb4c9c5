import { fenToField, parseFen } from '../../ui/fen.ts'
import { deskOf, type KindForm } from './kinds/index.ts'
import { wholeOf } from './kinds/numbers.ts'
import type { Campaign, CampaignInput, Fault } from './model.ts'
import { instantOf, minutesBetween, type Wall, wallAfter, wallOf } from './times.ts'

export interface GoodForm {
  skuId: string
  name: string
  unit: string
  picture: string | null
  /** Yuan, as typed. */
  price: string
  /** By store, as typed; empty: not in this store. */
  quotas: Readonly<Record<string, string>>
}
/** A campaign as it is being written; numbers as they were typed, times as the shops' clocks show them. */
export interface Form {
  name: string
  goods: readonly GoodForm[]
  startsAt: Wall
  endsAt: Wall
  perMember: string
  payMinutes: string
  armMinutes: number
  /** Codes of tiers; empty: whoever it is. */
  tiers: readonly string[]
  firstOrder: boolean
  funding: Campaign['funding']
  terms: KindForm
}

/** A blank one: tomorrow from eight to eight. */
export const emptyForm = (kind: Campaign['kind'], now: number): Form => {
  const startsAt = `${wallOf(now + 86_400_000).slice(0, 10)}T08:00`
  const endsAt = `${startsAt.slice(0, 10)}T20:00`
  return {
    name: '',
    goods: [],
    startsAt,
    endsAt,
    perMember: '1',
    payMinutes: '8',
    armMinutes: 60,
    tiers: [],
    firstOrder: false,
    funding: 'hq',
    terms: deskOf(kind).begin({ startsAt, endsAt }),
  }
}

/** A draft that exists, to be worked on. */
export const formOf = (campaign: Campaign): Form => ({
  name: campaign.name,
  goods: campaign.items.map(({ skuId, priceFen, quotas }) => {
    const good = campaign.goods.find((each) => each.skuId === skuId)
    return {
      skuId,
      name: good?.name ?? '',
      unit: good?.unit ?? '件',
      picture: good?.picture?.s ?? null,
      price: fenToField(priceFen),
      quotas: Object.fromEntries(quotas.map(({ storeId, quota }) => [storeId, String(quota)])),
    }
  }),
  startsAt: wallOf(campaign.startsAt),
  endsAt: wallOf(campaign.endsAt),
  perMember: String(campaign.perMember),
  payMinutes: String(campaign.payMinutes),
  armMinutes: campaign.armMinutes,
  tiers: campaign.tiers ?? [],
  firstOrder: campaign.firstOrder,
  funding: campaign.funding,
  terms: deskOf(campaign.kind).formOf(campaign.terms),
})

/** The whole campaign at another time: what its kind says moves with it. */
export const movedTo = (form: Form, startsAt: Wall): Form => {
  const by = minutesBetween(form.startsAt, startsAt)
  return {
    ...form,
    startsAt,
    endsAt: wallAfter(form.endsAt, by),
    terms: deskOf(form.terms.kind).moved(form.terms, by),
  }
}

const quotaOf = (typed: string): number | undefined => wholeOf(typed, 1, 100_000)
/** The stores that a good is in, in the order they are sent. */
export const filledStores = ({ quotas }: GoodForm): string[] =>
  Object.keys(quotas)
    .filter((storeId) => quotas[storeId]?.trim())
    .toSorted()

const goodFaults = (good: GoodForm, i: number): [string, string][] => {
  const faults: [string, string][] = []
  if (parseFen(good.price) === undefined || parseFen(good.price) === 0)
    faults.push([`items/${i}/priceFen`, '写活动价，比如 19.90'])
  const stores = filledStores(good)
  if (stores.length === 0) faults.push([`items/${i}/quotas`, '至少给一家店写数量'])
  for (const [j, storeId] of stores.entries())
    if (quotaOf(good.quotas[storeId] ?? '') === undefined)
      faults.push([`items/${i}/quotas/${j}/quota`, '写 1 到 100,000 的整数'])
  return faults
}

/** What does not even read as a campaign, by the field that the server would name. */
export const formFaults = (form: Form): Map<string, string> => {
  const faults = new Map<string, string>()
  if (!form.name.trim()) faults.set('name', '给它起个名字，顾客会看到')
  const sells = deskOf(form.terms.kind).goods !== 'none'
  if (sells && form.goods.length === 0) faults.set('items', '至少放一样商品')
  for (const [i, good] of sells ? form.goods.entries() : [])
    for (const [field, words] of goodFaults(good, i)) faults.set(field, words)
  if (minutesBetween(form.startsAt, form.endsAt) <= 0) faults.set('endsAt', '结束要在开始之后')
  if (wholeOf(form.perMember, 1, 20) === undefined) faults.set('perMember', '写 1 到 20')
  if (wholeOf(form.payMinutes, 5, 30) === undefined) faults.set('payMinutes', '写 5 到 30 分钟')
  for (const [field, words] of deskOf(form.terms.kind).faults(form.terms)) faults.set(field, words)
  return faults
}

/** What would be sent; undefined while something does not read. */
export const inputOf = (form: Form): CampaignInput | undefined => {
  if (formFaults(form).size > 0) return undefined
  return {
    name: form.name.trim(),
    items: (deskOf(form.terms.kind).goods !== 'none' ? form.goods : []).map((good) => ({
      skuId: good.skuId,
      priceFen: parseFen(good.price) ?? 0,
      quotas: filledStores(good).map((storeId) => ({ storeId, quota: Number(good.quotas[storeId]) })),
    })),
    startsAt: instantOf(form.startsAt),
    endsAt: instantOf(form.endsAt),
    perMember: Number(form.perMember),
    payMinutes: Number(form.payMinutes),
    armMinutes: form.armMinutes,
    tiers: form.tiers.length > 0 ? [...form.tiers] : null,
    firstOrder: form.firstOrder,
    funding: form.funding,
    terms: deskOf(form.terms.kind).read(form.terms),
  }
}

/** Faults of the server by field; those of the form come first, because they are about what is typed now. */
export const allFaults = (form: Form, found: readonly Fault[]): Map<string, string> => {
  const faults = formFaults(form)
  for (const { field, words } of found) if (!faults.has(field)) faults.set(field, words)
  return faults
}

const stepNames = ['goods', 'offer', 'terms', 'trial', 'schedule'] as const
export type Step = (typeof stepNames)[number]
/** The step of the wizard in which a field stands. */
export const stepOf = (field: string): Step => {
  if (/^items(\/\d+)?(\/(skuId|quotas.*))?$/.test(field)) return 'goods'
  return field.startsWith('terms') ? 'terms' : 'offer'
}
export const stepIn = (params: URLSearchParams): Step =>
  stepNames.find((name) => name === params.get('step')) ?? 'goods'
