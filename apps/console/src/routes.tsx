import { lazy } from 'react'
import { createBrowserRouter, Link } from 'react-router'
import { Button } from 'antd'

import { Shell } from './shell/shell.tsx'
import { NoMatch } from './ui/states.tsx'

const Login = lazy(() => import('./desks/login/page.tsx'))
const Workbench = lazy(() => import('./desks/workbench/page.tsx'))
const Orders = lazy(() => import('./desks/orders/page.tsx'))
const Order = lazy(() => import('./desks/orders/detail-page.tsx'))
const Alarms = lazy(() => import('./desks/alarms/page.tsx'))
const Aftersales = lazy(() => import('./desks/aftersales/page.tsx'))
const Aftersale = lazy(() => import('./desks/aftersales/detail-page.tsx'))
const Goods = lazy(() => import('./desks/goods/page.tsx'))
const Product = lazy(() => import('./desks/goods/edit-page.tsx'))
const NewProduct = lazy(() => import('./desks/goods/new-page.tsx'))
const Commissions = lazy(() => import('./desks/commissions/page.tsx'))
const Stock = lazy(() => import('./desks/stock/page.tsx'))
const Receipts = lazy(async () => ({ default: (await import('./desks/stock/documents-page.tsx')).Receipts }))
const Wastes = lazy(async () => ({ default: (await import('./desks/stock/documents-page.tsx')).Wastes }))
const Counts = lazy(async () => ({ default: (await import('./desks/stock/documents-page.tsx')).Counts }))
const Transfers = lazy(async () => ({
  default: (await import('./desks/stock/documents-page.tsx')).Transfers,
}))
const NewReceipt = lazy(async () => ({ default: (await import('./desks/stock/entry-page.tsx')).NewReceipt }))
const NewWaste = lazy(async () => ({ default: (await import('./desks/stock/entry-page.tsx')).NewWaste }))
const NewTransfer = lazy(async () => ({
  default: (await import('./desks/stock/entry-page.tsx')).NewTransfer,
}))
const Count = lazy(() => import('./desks/stock/count-page.tsx'))
const Expiry = lazy(() => import('./desks/stock/expiry-page.tsx'))
const StockEntries = lazy(() => import('./desks/stock/entries-page.tsx'))
const Waits = lazy(() => import('./desks/stock/waits-page.tsx'))
const Checks = lazy(() => import('./desks/stock/checks-page.tsx'))
const Reconciliation = lazy(() => import('./desks/reconciliation/page.tsx'))
const Campaigns = lazy(() => import('./desks/campaigns/page.tsx'))
const CampaignPage = lazy(() => import('./desks/campaigns/detail-page.tsx'))
const EditCampaign = lazy(() => import('./desks/campaigns/edit-page.tsx'))
const Rules = lazy(() => import('./desks/rules/page.tsx'))
const EditRule = lazy(() => import('./desks/rules/edit-page.tsx'))
const Coupons = lazy(() => import('./desks/coupons/page.tsx'))
const EditCoupon = lazy(() => import('./desks/coupons/edit-page.tsx'))
const CouponUses = lazy(() => import('./desks/coupons/uses-page.tsx'))
const CouponRedemptions = lazy(() => import('./desks/coupons/redemptions-page.tsx'))
const CouponTemplate = lazy(() => import('./desks/coupons/template-page.tsx'))
const Members = lazy(() => import('./desks/members/page.tsx'))
const Member = lazy(() => import('./desks/members/member-page.tsx'))
const OldCards = lazy(() => import('./desks/members/cards-page.tsx'))
const Tiers = lazy(() => import('./desks/members/tiers-page.tsx'))
const Points = lazy(() => import('./desks/points/page.tsx'))
const Messages = lazy(() => import('./desks/messages/page.tsx'))
const Promoters = lazy(() => import('./desks/promoters/page.tsx'))
const Shares = lazy(() => import('./desks/shares/page.tsx'))
const Audiences = lazy(() => import('./desks/audiences/page.tsx'))
const Drops = lazy(() => import('./desks/drops/page.tsx'))
const DropEdit = lazy(() => import('./desks/drops/edit-page.tsx'))
const DropOne = lazy(() => import('./desks/drops/drop-page.tsx'))
const Audience = lazy(() => import('./desks/audiences/edit-page.tsx'))
const Rewards = lazy(() => import('./desks/rewards/page.tsx'))
const RuleTrial = lazy(() => import('./desks/rules/trial-page.tsx'))
const Presales = lazy(() => import('./desks/presales/page.tsx'))
const Dues = lazy(() => import('./desks/dues/page.tsx'))
const Counter = lazy(() => import('./desks/counter/page.tsx'))
const Takings = lazy(() => import('./desks/takings/page.tsx'))
const StoredValue = lazy(() => import('./desks/stored-value/page.tsx'))
const Partners = lazy(() => import('./desks/partners/page.tsx'))
const PartnerCalls = lazy(() => import('./desks/partners/calls-page.tsx'))
const TillConflicts = lazy(() => import('./desks/till-conflicts/page.tsx'))
const Stores = lazy(() => import('./desks/stores/page.tsx'))
const StaffList = lazy(() => import('./desks/staff/page.tsx'))
const Audit = lazy(() => import('./desks/audit/page.tsx'))
const Feeds = lazy(() => import('./desks/feeds/page.tsx'))
const FeedRuns = lazy(() => import('./desks/feeds/runs-page.tsx'))
const FeedGoods = lazy(() => import('./desks/feeds/goods-page.tsx'))
const Webhooks = lazy(() => import('./desks/webhooks/page.tsx'))
const Store = lazy(() => import('./desks/stores/store-page.tsx'))

const NotHere = () => (
  <NoMatch title="没有这一页" text="地址可能抄漏了一截。">
    <Link to="/">
      <Button type="primary">回工作台</Button>
    </Link>
  </NoMatch>
)

// A page that throws, or whose code is no longer on the server because a newer version went out.
const Broken = () => (
  <NoMatch title="这一页没打开" text="可能刚更新过版本。刷新一下；还不行就把现在的地址发给技术同事。">
    <Button type="primary" onClick={() => location.reload()}>
      刷新
    </Button>
  </NoMatch>
)

export const router = createBrowserRouter(
  [
    { path: '/login', element: <Login />, errorElement: <Broken /> },
    {
      element: <Shell />,
      errorElement: <Broken />,
      children: [
        { index: true, element: <Workbench /> },
        { path: 'orders', element: <Orders /> },
        { path: 'orders/:orderId', element: <Order /> },
        { path: 'aftersales', element: <Aftersales /> },
        { path: 'aftersales/:aftersaleId', element: <Aftersale /> },
        { path: 'goods', element: <Goods /> },
        { path: 'goods/new', element: <NewProduct /> },
        { path: 'goods/:productId', element: <Product /> },
        { path: 'stock', element: <Stock /> },
        { path: 'alarms', element: <Alarms /> },
        { path: 'stock/receipts', element: <Receipts /> },
        { path: 'stock/receipts/new', element: <NewReceipt /> },
        { path: 'stock/wastes', element: <Wastes /> },
        { path: 'stock/wastes/new', element: <NewWaste /> },
        { path: 'stock/transfers', element: <Transfers /> },
        { path: 'stock/transfers/new', element: <NewTransfer /> },
        { path: 'stock/counts', element: <Counts /> },
        { path: 'stock/counts/:documentId', element: <Count /> },
        { path: 'stock/expiry', element: <Expiry /> },
        { path: 'stock/ledger', element: <StockEntries /> },
        { path: 'stock/waits', element: <Waits /> },
        { path: 'stock/checks', element: <Checks /> },
        { path: 'reconciliation', element: <Reconciliation /> },
        { path: 'campaigns', element: <Campaigns /> },
        { path: 'campaigns/new', element: <EditCampaign /> },
        { path: 'campaigns/:campaignId', element: <CampaignPage /> },
        { path: 'campaigns/:campaignId/edit', element: <EditCampaign /> },
        { path: 'price-rules', element: <Rules /> },
        { path: 'price-rules/new', element: <EditRule /> },
        { path: 'price-rules/trial', element: <RuleTrial /> },
        { path: 'coupons', element: <Coupons /> },
        { path: 'coupons/uses', element: <CouponUses /> },
        { path: 'coupons/redemptions', element: <CouponRedemptions /> },
        { path: 'coupons/new', element: <EditCoupon /> },
        { path: 'coupons/:templateId', element: <CouponTemplate /> },
        { path: 'members', element: <Members /> },
        { path: 'members/old-cards', element: <OldCards /> },
        { path: 'members/tiers', element: <Tiers /> },
        { path: 'members/:memberId', element: <Member /> },
        { path: 'points', element: <Points /> },
        { path: 'messages', element: <Messages /> },
        { path: 'guidance', element: <Promoters /> },
        { path: 'guidance/shares', element: <Shares /> },
        { path: 'guidance/promoters', element: <Commissions /> },
        { path: 'audiences', element: <Audiences /> },
        { path: 'audiences/new', element: <Audience /> },
        { path: 'audiences/:audienceId', element: <Audience /> },
        { path: 'drops', element: <Drops /> },
        { path: 'drops/new', element: <DropEdit /> },
        { path: 'drops/:dropId', element: <DropOne /> },
        { path: 'drops/:dropId/edit', element: <DropEdit /> },
        { path: 'rewards', element: <Rewards /> },
        { path: 'store-dues', element: <Dues /> },
        { path: 'presales', element: <Presales /> },
        { path: 'stored-value', element: <StoredValue /> },
        { path: 'counter', element: <Counter /> },
        { path: 'takings', element: <Takings /> },
        { path: 'stores', element: <Stores /> },
        { path: 'stores/:storeId', element: <Store /> },
        { path: 'staff', element: <StaffList /> },
        { path: 'partners', element: <Partners /> },
        { path: 'partners/calls', element: <PartnerCalls /> },
        { path: 'till-conflicts', element: <TillConflicts /> },
        { path: 'audit', element: <Audit /> },
        { path: 'feeds', element: <Feeds /> },
        { path: 'feeds/runs', element: <FeedRuns /> },
        { path: 'feeds/:sourceCode/goods', element: <FeedGoods /> },
        { path: 'webhooks', element: <Webhooks /> },
        { path: '*', element: <NotHere /> },
      ],
    },
  ],
  { basename: '/console' },
)
