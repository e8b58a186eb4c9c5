// Douyin and Alipay: see services/routes.ts.
const hasTabs = process.env.TARO_ENV === 'weapp' || process.env.TARO_ENV === 'h5'
const TABS = ['home', 'category', 'cart', 'mine']

const tabBar = {
  custom: true,
  color: '#6B645C',
  selectedColor: '#C43E0C',
  backgroundColor: '#FFFFFF',
  list: TABS.map((tab, i) => ({
    pagePath: `pages/${tab}/index`,
    text: ['首页', '分类', '购物车', '我的'][i] ?? '',
  })),
}

export default defineAppConfig({
  pages: TABS.map((tab) => `pages/${tab}/index`),
  subPackages: [
    { root: 'packages/goods', pages: ['search/index', 'product/index'] },
    {
      root: 'packages/order',
      pages: [
        'checkout/index',
        'pay/index',
        'orders/index',
        'order/index',
        'receipt/index',
        'presales/index',
      ],
    },
    { root: 'packages/boxes', pages: ['list/index', 'offer/index', 'box/index'] },
    { root: 'packages/flash', pages: ['hall/index'] },
    { root: 'packages/friends', pages: ['rally/index', 'campaign/index', 'rallies/index', 'invite/index'] },
    { root: 'packages/campaign', pages: ['group/index', 'groups/index'] },
    { root: 'packages/aftersale', pages: ['apply/index', 'detail/index'] },
    {
      root: 'packages/account',
      pages: [
        'stores/index',
        'addresses/index',
        'address/index',
        'coupons/index',
        'coupon/index',
        'offers/index',
        'gifts/index',
        'points/index',
        'tasks/index',
        'card/index',
        'favourites/index',
        'notices/index',
        'messages/index',
        'stored-value/index',
        'privacy/index',
      ],
    },
    { root: 'packages/promoter', pages: ['center/index'] },
    {
      root: 'packages/staff',
      pages: [
        'sign-in/index',
        'desk/index',
        'handover/index',
        'counter/index',
        'returns/index',
        'arrivals/index',
        'old-card/index',
        'redeem/index',
        'guide/index',
        'password/index',
      ],
    },
  ],
  ...(hasTabs ? { tabBar } : {}),
  window: {
    navigationStyle: 'custom',
    navigationBarTitleText: '邻里',
    navigationBarTextStyle: 'black',
    backgroundColor: '#F7F5F2',
    backgroundTextStyle: 'dark',
  },
  animation: { duration: 200, delay: 0 },
  lazyCodeLoading: 'requiredComponents',
  permission: { 'scope.userLocation': { desc: '用来找离您最近的门店，可以不给' } },
  requiredPrivateInfos: ['getLocation'],
})
