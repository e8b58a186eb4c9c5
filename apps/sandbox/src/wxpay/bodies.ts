/** The request bodies of the order, close and refund interfaces, as rules. Limits are the documented ones. */
import { choice, flag, list, object, text, whole } from './fields.ts'

const FEN_MAX = 100_000_000_00
/** Digits, letters and `_-*`: the intersection of what old and new documents allow. */
const TRADE_NUMBER = /^[0-9A-Za-z_\-*]+$/
const REFUND_NUMBER = /^[0-9A-Za-z_\-|*@]+$/

export const jsapiBody = object({
  'appid!': text(32),
  'mchid!': text(32),
  'description!': text(127),
  'out_trade_no!': text(32, 6, TRADE_NUMBER),
  'notify_url!': text(255),
  'amount!': object({ 'total!': whole(1, FEN_MAX), currency: choice('CNY') }),
  'payer!': object({ 'openid!': text(128) }),
  time_expire: text(64),
  attach: text(128),
  goods_tag: text(32),
  support_fapiao: flag,
  settle_info: object({ profit_sharing: flag }),
  detail: object({
    cost_price: whole(1, FEN_MAX),
    invoice_id: text(32),
    goods_detail: list(
      object({
        'merchant_goods_id!': text(32),
        wechatpay_goods_id: text(32),
        goods_name: text(256),
        'quantity!': whole(1),
        'unit_price!': whole(0, FEN_MAX),
      }),
      6_000,
    ),
  }),
  scene_info: object({
    'payer_client_ip!': text(45),
    device_id: text(32),
    store_info: object({ 'id!': text(32), name: text(256), area_code: text(32), address: text(512) }),
  }),
})

export const closeBody = object({ 'mchid!': text(32) })

export const refundBody = object({
  transaction_id: text(32),
  out_trade_no: text(32, 6, TRADE_NUMBER),
  'out_refund_no!': text(64, 1, REFUND_NUMBER),
  reason: text(80),
  notify_url: text(256),
  funds_account: choice('AVAILABLE'),
  'amount!': object({
    'refund!': whole(1, FEN_MAX),
    'total!': whole(1, FEN_MAX),
    'currency!': choice('CNY'),
    from: list(object({ 'account!': choice('AVAILABLE', 'UNAVAILABLE'), 'amount!': whole(1, FEN_MAX) }), 2),
  }),
  goods_detail: list(
    object({
      'merchant_goods_id!': text(32),
      wechatpay_goods_id: text(32),
      goods_name: text(256),
      'unit_price!': whole(0, FEN_MAX),
      'refund_amount!': whole(0, FEN_MAX),
      'refund_quantity!': whole(1),
    }),
    6_000,
  ),
})

export const abnormalRefundBody = object({
  'out_refund_no!': text(64, 1, REFUND_NUMBER),
  'type!': choice('USER_BANK_CARD', 'MERCHANT_BANK_CARD'),
  bank_type: text(16),
  bank_account: text(1024),
  real_name: text(1024),
})
