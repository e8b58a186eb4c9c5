/** Alipay's refusals: code, sub_code and sentence as its documents give them. */

/** Thrown by any check; the gateway turns it into a signed answer. */
export class AlipayRefusal extends Error {
  readonly code: string
  readonly subCode: string

  constructor(code: string, subCode: string, message: string) {
    super(message)
    this.name = 'AlipayRefusal'
    this.code = code
    this.subCode = subCode
  }
}

const kinds = {
  noApp: ['40002', 'isv.invalid-app-id', '无效的AppID参数'],
  noMethod: ['40002', 'isv.invalid-method', '不存在的方法名'],
  badCharset: ['40002', 'isv.invalid-charset', '字符集错误'],
  badVersion: ['40002', 'isv.invalid-version', '无效的版本'],
  badSignType: ['40002', 'isv.invalid-signature-type', '无效的签名类型'],
  badTimestamp: ['40002', 'isv.invalid-timestamp', '非法的时间戳参数'],
  badSign: ['40002', 'isv.invalid-signature', '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配'],
  badContent: ['40002', 'isv.invalid-parameter', '参数无效：biz_content 不是合法的 JSON 对象'],
  repeatedField: ['40002', 'isv.invalid-parameter', '参数无效：同名参数出现多次'],
  noBill: ['40004', 'isp.bill_not_exist', '账单不存在'],
  parameter: ['40004', 'ACQ.INVALID_PARAMETER', '参数无效'],
  missing: ['40004', 'ACQ.TRADE_NOT_EXIST', '交易不存在'],
  wrongState: ['40004', 'ACQ.TRADE_STATUS_ERROR', '交易状态不合法'],
  closed: ['40004', 'ACQ.TRADE_HAS_CLOSE', '交易已经关闭'],
  paid: ['40004', 'ACQ.TRADE_HAS_SUCCESS', '交易已被支付'],
  finished: ['40004', 'ACQ.TRADE_HAS_FINISHED', '交易已完结'],
  changed: ['40004', 'ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改'],
  expired: ['40004', 'ACQ.TRADE_HAS_CLOSE', '交易已超过付款时间'],
  refundTooMuch: ['40004', 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限'],
  refundChanged: ['40004', 'ACQ.DISCORDANT_REPEAT_REQUEST', '不一致的请求：同一退款请求号的金额变了'],
} as const satisfies Record<string, readonly [string, string, string]>

/** Refuses with one of the documented refusals; `about` says which parameter. */
export const refuse = (name: keyof typeof kinds, about = ''): never => {
  const [code, subCode, message] = kinds[name]
  throw new AlipayRefusal(code, subCode, about === '' ? message : `${message}：${about}`)
}
