/** A place the shop is built for, and the files without which its build is not one. */
export interface Target {
  name: 'h5' | 'weapp' | 'tt' | 'alipay'
  expected: string[]
}

const PAGES = [
  'pages/home/index',
  'pages/cart/index',
  'packages/order/checkout/index',
  'packages/staff/handover/index',
]
const MINI = ['app.js', 'app.json', 'runtime.js', 'taro.js']
const each = (suffixes: string[]) => PAGES.flatMap((page) => suffixes.map((suffix) => `${page}.${suffix}`))

export const TARGETS: Target[] = [
  { name: 'h5', expected: ['index.html'] },
  { name: 'weapp', expected: [...MINI, 'app.wxss', 'base.wxml', ...each(['js', 'json', 'wxml', 'wxss'])] },
  { name: 'tt', expected: [...MINI, 'app.ttss', 'base.ttml', ...each(['js', 'json', 'ttml', 'ttss'])] },
  { name: 'alipay', expected: [...MINI, 'app.acss', 'base.axml', ...each(['js', 'json', 'axml', 'acss'])] },
]
