/** Which calls a rule may match, and which faults make sense on the families of them. */

/** The names a rule may match: requests the product makes, and `notify`, which the sandbox makes. */
export const routes = {
  jsapi: '下单',
  query: '按商户单号查单',
  'query-by-id': '按微信单号查单',
  close: '关单',
  refund: '申请退款',
  'refund-query': '查退款',
  'abnormal-refund': '异常退款处理',
  certificates: '平台证书',
  tradebill: '申请交易账单',
  fundflowbill: '申请资金账单',
  'bill-download': '下载账单文件',
  transfer: '商家转账',
  'transfer-query': '查转账',
  'transfer-cancel': '撤销转账',
  jscode2session: '登录',
  stable_token: '稳定版令牌',
  token: '普通令牌',
  phone: '取手机号',
  'shipping-info': '发货信息',
  'special-order': '延期发货报备',
  'service-card': '服务卡片',
  'subscribe-send': '订阅消息',
  wxacode: '小程序码',
  sms: '短信',
  notify: '回调通知',
  'alipay-query': '支付宝查交易',
  'alipay-close': '支付宝关交易',
  'alipay-refund': '支付宝退款',
  'alipay-refund-query': '支付宝查退款',
  'alipay-bill': '支付宝申请账单',
  'alipay-bill-download': '支付宝下载账单文件',
  'alipay-notify': '支付宝通知',
} as const

export type Route = keyof typeof routes

/** Routes of the WeChat API: not signed, so only losing, delaying and errcodes make sense there. */
export const WX_ROUTES: readonly Route[] = [
  'jscode2session',
  'stable_token',
  'token',
  'phone',
  'shipping-info',
  'special-order',
  'service-card',
  'subscribe-send',
  'wxacode',
]
/** The gateway for text messages has no errcodes. */
export const SMS_FAULTS: readonly string[] = [
  'timeout-before',
  'reset-before',
  'status',
  'html',
  'slow',
  'timeout-after',
]
export const WX_FAULTS: readonly string[] = [
  'timeout-before',
  'reset-before',
  'status',
  'html',
  'slow',
  'errcode',
  'timeout-after',
  'truncated-json',
  'extra-fields',
]

/** Where trade bills are asked for, and where their files are fetched. */
export const BILL_ROUTES: readonly Route[] = ['tradebill', 'alipay-bill']
export const BILL_FILES: readonly Route[] = ['bill-download', 'alipay-bill-download']

/** A bill's file is unsigned bytes: it can be lost, delayed or cut, but there is no signature to spoil. */
export const BILL_FILE_FAULTS: readonly string[] = [
  'timeout-before',
  'reset-before',
  'status',
  'html',
  'slow',
  'bill-truncated',
]

/** Calls of Alipay's gateway. Its signature is in the body, and it knows neither serials nor time stamps of replies. */
export const ALIPAY_ROUTES: readonly Route[] = [
  'alipay-query',
  'alipay-close',
  'alipay-refund',
  'alipay-refund-query',
  'alipay-bill',
]
export const ALIPAY_FAULTS: readonly string[] = [
  'timeout-before',
  'reset-before',
  'status',
  'html',
  'slow',
  'pay-first',
  'timeout-after',
  'error-after',
  'truncated-json',
  'extra-fields',
  'unknown-enum',
  'bad-signature',
  'unsigned',
  'tampered-body',
  'stale-view',
]
export const ALIPAY_NOTIFY_FAULTS: readonly string[] = [
  'bad-signature',
  'unsigned',
  'weak-signature',
  'tampered-body',
  'drop',
  'duplicate',
  'duplicate-concurrent',
  'delay',
  'other-appid',
  'other-seller',
  'amount-mismatch',
  'unknown-order',
  'unknown-event',
  'odd-title',
  'chunked',
]
/** Faults that only the pretended Alipay knows. */
export const ALIPAY_ONLY: readonly Route[] = [...ALIPAY_ROUTES, 'alipay-notify']

export const isRoute = (name: string): name is Route => Object.hasOwn(routes, name)
