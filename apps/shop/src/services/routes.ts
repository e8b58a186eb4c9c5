import Taro, { useRouter } from '@tarojs/taro'

/** Every page, by what people call it. */
export const PAGES = {
  home: '/pages/home/index',
  category: '/pages/category/index',
  cart: '/pages/cart/index',
  mine: '/pages/mine/index',
  search: '/packages/goods/search/index',
  product: '/packages/goods/product/index',
  checkout: '/packages/order/checkout/index',
  pay: '/packages/order/pay/index',
  orders: '/packages/order/orders/index',
  order: '/packages/order/order/index',
  receipt: '/packages/order/receipt/index',
  flash: '/packages/flash/hall/index',
  presales: '/packages/order/presales/index',
  boxes: '/packages/boxes/list/index',
  boxOffer: '/packages/boxes/offer/index',
  box: '/packages/boxes/box/index',
  group: '/packages/campaign/group/index',
  groups: '/packages/campaign/groups/index',
  aftersaleApply: '/packages/aftersale/apply/index',
  aftersale: '/packages/aftersale/detail/index',
  rally: '/packages/friends/rally/index',
  friendsCampaign: '/packages/friends/campaign/index',
  rallies: '/packages/friends/rallies/index',
  invite: '/packages/friends/invite/index',
  stores: '/packages/account/stores/index',
  addresses: '/packages/account/addresses/index',
  address: '/packages/account/address/index',
  coupons: '/packages/account/coupons/index',
  coupon: '/packages/account/coupon/index',
  offers: '/packages/account/offers/index',
  gifts: '/packages/account/gifts/index',
  points: '/packages/account/points/index',
  tasks: '/packages/account/tasks/index',
  promoter: '/packages/promoter/center/index',
  card: '/packages/account/card/index',
  favourites: '/packages/account/favourites/index',
  notices: '/packages/account/notices/index',
  messages: '/packages/account/messages/index',
  storedValue: '/packages/account/stored-value/index',
  privacy: '/packages/account/privacy/index',
  staffSignIn: '/packages/staff/sign-in/index',
  staffDesk: '/packages/staff/desk/index',
  staffPassword: '/packages/staff/password/index',
  counter: '/packages/staff/counter/index',
  handover: '/packages/staff/handover/index',
  staffGuide: '/packages/staff/guide/index',
  staffReturns: '/packages/staff/returns/index',
  arrivals: '/packages/staff/arrivals/index',
  oldCard: '/packages/staff/old-card/index',
  redeem: '/packages/staff/redeem/index',
} as const
export type PageName = keyof typeof PAGES
export type TabName = 'home' | 'category' | 'cart' | 'mine'

// Douyin and Alipay have no custom tab bar that we could try: there a tab is an ordinary page that replaces the stack.
const hasTabs = process.env.TARO_ENV === 'weapp' || process.env.TARO_ENV === 'h5'

const addressOf = (page: PageName, query: Record<string, string>): string => {
  const pairs = Object.keys(query).map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`)
  return pairs.length > 0 ? `${PAGES[page]}?${pairs.join('&')}` : PAGES[page]
}

/** A value that `openPage` handed over; null when it did not. No target decodes it by itself. */
export function useParam(name: string): string | null {
  const value = useRouter().params[name]
  return value === undefined ? null : decodeURIComponent(value)
}

/** Opens a page over this one. */
export function openPage(page: PageName, query: Record<string, string> = {}): void {
  void Taro.navigateTo({ url: addressOf(page, query) })
}

/** Puts a page in the place of this one, so that 返回 does not lead back into a finished step. */
export function replacePage(page: PageName, query: Record<string, string> = {}): void {
  void Taro.redirectTo({ url: addressOf(page, query) })
}

/** Opens one of the four tabs. */
export function openTab(tab: TabName): void {
  void (hasTabs ? Taro.switchTab({ url: PAGES[tab] }) : Taro.reLaunch({ url: PAGES[tab] }))
}

/** Back, or home when the page was opened from outside. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else openTab('home')
}
