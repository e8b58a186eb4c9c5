import type { Store } from './wire.ts'

type Orderable = Pick<Store, 'name' | 'ordering'>
type Hours = Pick<Store, 'ordering' | 'openNow' | 'opensAt' | 'closesAt'>

/** Why a store takes no orders now, in a shopper's words. */
export interface WhyNot {
  /** A tag beside its name, and on the button that cannot be pressed. */
  tag: string
  title: string
}

const WORDS: Record<Exclude<Store['ordering'], 'open'>, string> = {
  paused: '暂停接单',
  no_pickup: '暂停自提',
}

/** What to say of a store that takes no orders; null when it does. */
export function whyNot({ name, ordering }: Orderable): WhyNot | null {
  if (ordering === 'open') return null
  return { tag: WORDS[ordering], title: `${name}${WORDS[ordering]}` }
}

/** What a shopper may still do there. */
export const STILL_POSSIBLE = '货能看，也能先放进购物车，恢复了再下单'

/** `今天营业到 22:00`, or what holds while the shop is shut or paused. */
export function hoursText(store: Hours): string {
  if (store.ordering !== 'open') return WORDS[store.ordering]
  return store.openNow ? `今天营业到 ${store.closesAt}` : `已打烊，${store.opensAt} 开门，可以先下单`
}

/** The store for somebody who chose none: the first that takes orders, or the first. */
export const defaultStore = <S extends Pick<Store, 'ordering'>>(stores: readonly S[]): S | undefined =>
  stores.find(({ ordering }) => ordering === 'open') ?? stores[0]

/** Another store that takes orders; the list is nearest first when the position is known. */
export const otherStore = <S extends Pick<Store, 'id' | 'ordering'>>(
  stores: readonly S[],
  storeId: string,
): S | undefined => stores.find(({ id, ordering }) => id !== storeId && ordering === 'open')
