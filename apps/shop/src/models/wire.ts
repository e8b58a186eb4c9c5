// What the server says, by the names the shop uses. Types only: no schema reaches the bundle.
import type { FloorRoutes, Input, Output, ShopperRoutes } from '@linli/contract'

type Says<K extends keyof ShopperRoutes> = Output<ShopperRoutes[K]>
type Told<K extends keyof FloorRoutes> = Output<FloorRoutes[K]>

export type Setup = Says<'GET /v1/setup'>
export type Store = Says<'GET /v1/stores'>['items'][number]
export type StoreDetail = Says<'GET /v1/stores/:storeId'>
export type Home = Says<'GET /v1/stores/:storeId/home'>
export type Category = Home['categories'][number]
export type Card = Home['goods'][number]
export type Picture = NonNullable<Card['picture']>
export type ProductPage = Says<'GET /v1/stores/:storeId/products'>
export type Product = Says<'GET /v1/stores/:storeId/products/:productId'>
export type Cart = Says<'GET /v1/cart'>
export type CartLine = Cart['lines'][number]
export type Quote = Says<'POST /v1/quotes'>
export type PointsOffer = NonNullable<Quote['points']>
export type Coupon = Says<'GET /v1/coupons'>['items'][number]
export type Offer = Says<'GET /v1/coupon-offers'>['items'][number]
export type CouponOption = Says<'POST /v1/coupon-options'>['items'][number]
export type Points = Says<'GET /v1/points'>
export type Rewards = Says<'GET /v1/rewards'>
export type SignIn = NonNullable<Rewards['signIn']>
export type Task = Rewards['tasks'][number]
export type Birthday = Says<'GET /v1/me/birthday'>
export type Posting = Says<'GET /v1/points/postings'>['items'][number]
export type MemberCode = Says<'GET /v1/me/card'>
export type Standing = NonNullable<Says<'GET /v1/me/membership'>['standing']>
export type GrowthPosting = Says<'GET /v1/me/growth-postings'>['items'][number]
export type OldCard = Says<'GET /v1/me/old-cards'>['items'][number]
export type OldCardHistory = Omit<OldCard, 'no' | 'boundAt'>
export type MemberAtDesk = Told<'POST /staff/v1/member-identifications'>
export type SeenCard = Told<'POST /staff/v1/old-card-lookups'>
export type StoredValue = Says<'GET /v1/stored-value'>
export type ValuePosting = Says<'GET /v1/stored-value/postings'>['items'][number]
export type OrderSummary = Says<'GET /v1/orders'>['items'][number]
export type Order = Says<'GET /v1/orders/:orderId'>
export type OrderState = Order['state']
export type ShortageChoice = Order['ifShort']
export type PickupCode = Says<'GET /v1/orders/:orderId/pickup-code'>
export type Provider = Says<'GET /v1/payment-providers'>['items'][number]
export type OpenedPayment = Says<'POST /v1/orders/:orderId/payments'>
export type PaymentParams = Extract<OpenedPayment, { provider: 'wechat' }>['params']
export type AftersaleOptions = Says<'GET /v1/orders/:orderId/aftersale-options'>
export type AftersaleQuote = Says<'POST /v1/orders/:orderId/aftersale-quotes'>
export type Tender = AftersaleQuote['parts'][number]['provider']
export type AftersaleSummary = Says<'GET /v1/aftersales'>['items'][number]
export type Aftersale = Says<'GET /v1/aftersales/:aftersaleId'>
export type AftersalePhoto = Says<'POST /v1/aftersale-photos'>
export type Member = Says<'GET /v1/me'>
export type Message = Says<'GET /v1/messages'>['items'][number]
export type Consent = Says<'GET /v1/message-consents'>['items'][number]
export type SubscribeTemplate = Says<'GET /v1/subscription-templates'>['items'][number]
/** What was pressed on WeChat's sheet for a template. */
export type SubscribeAnswer = Input<
  ShopperRoutes['POST /v1/subscriptions']
>['body']['answers'][number]['answer']
export type Address = Says<'GET /v1/me/addresses'>['items'][number]
export type Staff = Told<'GET /staff/v1/me'>
export type CounterBill = Told<'GET /staff/v1/stores/:storeId/unpaid-orders'>['items'][number]
export type CounterTaken = Told<'POST /staff/v1/orders/:orderId/counter-payments'>
export type CounterRefund = Told<'GET /staff/v1/stores/:storeId/counter-refunds'>['items'][number]
export type ValueMember = Told<'GET /staff/v1/stored-value-members'>['items'][number]
export type ToppedUp = Told<'POST /staff/v1/stored-value-members/:memberId/top-ups'>
export type TopUpBody = Input<FloorRoutes['POST /staff/v1/stored-value-members/:memberId/top-ups']>['body']
export type HandoverSheet = Told<'POST /staff/v1/handovers'>
export type ReturnSheet = Told<'POST /staff/v1/returns'>
export type GuideTerms = NonNullable<Told<'GET /staff/v1/stores/:storeId/guidance'>['terms']>
export type GuideLeague = Told<'GET /staff/v1/stores/:storeId/guidance'>['league']
export type GuideReward = Told<'GET /staff/v1/guide-rewards'>['items'][number]
export type RestockNotice = Says<'GET /v1/restock-notices'>['items'][number]
