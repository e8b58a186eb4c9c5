/** WeChat Pay's refusals: HTTP status, code and sentence as its documents give them. */
import type { FieldObject, Violation } from './fields.ts'

/** Thrown by any check; the pipeline turns it into a signed error reply. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly detail: FieldObject | null

  constructor(status: number, code: string, message: string, detail: FieldObject | null = null) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.detail = detail
  }
}

type Kind = { status: number; code: string; message: string }

/** Named as the documents name them. Where the document gives no sentence, ours says what is wrong. */
const kinds = {
  orderPaid: { status: 400, code: 'ORDER_PAID', message: '订单已支付' },
  orderClosed: { status: 400, code: 'ORDER_CLOSED', message: '订单已关闭，请重新下单' },
  orderMissing: { status: 404, code: 'ORDER_NOT_EXIST', message: '订单不存在' },
  changedOnReentry: { status: 400, code: 'INVALID_REQUEST', message: '请求重入时，参数与首次请求时不一致' },
  appMismatch: { status: 400, code: 'APPID_MCHID_NOT_MATCH', message: 'appid和mch_id不匹配' },
  merchantMissing: { status: 400, code: 'MCH_NOT_EXISTS', message: '商户号不存在' },
  openidMismatch: { status: 500, code: 'OPENID_MISMATCH', message: 'openid和appid不匹配' },
  closeTooSoon: { status: 400, code: 'INVALID_REQUEST', message: '订单生成后不能马上关单，请稍后再试' },
  refundOrderMissing: { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '订单不存在' },
  refundMissing: { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' },
  refundNotPaid: { status: 400, code: 'INVALID_REQUEST', message: '订单未支付，无法退款' },
  refundChanged: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单金额或退款金额与之前请求不一致，请核实后再试',
  },
  refundTotalWrong: { status: 400, code: 'INVALID_REQUEST', message: '订单金额与微信支付订单金额不一致' },
  refundTooMuch: { status: 400, code: 'INVALID_REQUEST', message: '累计退款金额大于支付金额' },
  refundTooOften: { status: 400, code: 'INVALID_REQUEST', message: '单笔订单部分退款次数超过 50 次' },
  refundTooLate: { status: 400, code: 'INVALID_REQUEST', message: '订单支付时间超过一年，无法提交退款' },
  refundTooSoon: {
    status: 429,
    code: 'FREQUENCY_LIMITED',
    message: '同一订单的多次退款需间隔 1 分钟，请稍后重试',
  },
  refundFrozen: {
    status: 403,
    code: 'NOT_ENOUGH',
    message: '订单资金因分账冻结，请先完成分账回退或解冻剩余资金后再退款',
  },
  refundNotAbnormal: { status: 400, code: 'INVALID_REQUEST', message: '退款单状态不是退款异常' },
  transferMissing: { status: 404, code: 'NOT_FOUND', message: '记录不存在' },
  transferChanged: { status: 400, code: 'ALREADY_EXISTS', message: '单号已存在但信息不一致' },
  transferSceneMissing: { status: 403, code: 'NO_AUTH', message: '商户号没有开通这个转账场景' },
  transferTooMuch: { status: 403, code: 'RULE_LIMIT', message: '超出单个用户单日收款限额' },
  transferEnded: { status: 400, code: 'INVALID_REQUEST', message: '转账单当前状态不允许撤销' },
  statementMissing: { status: 400, code: 'NO_STATEMENT_EXIST', message: '账单文件不存在' },
  statementCreating: { status: 400, code: 'STATEMENT_CREATING', message: '账单生成中，请稍后再试' },
  billGone: { status: 400, code: 'INVALID_REQUEST', message: '下载地址已失效，请重新申请账单' },
  bankCardWrong: { status: 400, code: 'PARAM_ERROR', message: '银行卡号或姓名不正确' },
  fieldUnreadable: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '敏感字段解密失败，请检查 Wechatpay-Serial 与加密公钥是否一致',
  },
  headerMissing: { status: 400, code: 'PARAM_ERROR', message: 'Http头缺少Accept或User-Agent' },
  bodyMistyped: { status: 400, code: 'PARAM_ERROR', message: 'Content-Type必须为application/json' },
  bodyUnreadable: { status: 400, code: 'PARAM_ERROR', message: '请求体不是合法的JSON对象' },
  routeMissing: { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '请求的资源不存在' },
} satisfies Record<string, Kind>

/** One of the documented refusals. */
export const refusal = (name: keyof typeof kinds): Refusal => {
  const { status, code, message } = kinds[name]
  return new Refusal(status, code, message)
}

/** Refuses with one of the documented refusals. */
export const refuse = (name: keyof typeof kinds): never => {
  throw refusal(name)
}

/** Refuses one field, pointing at it. */
export const refuseField = (violation: Violation, location: 'body' | 'query' | 'path' = 'body'): never => {
  throw new Refusal(400, 'PARAM_ERROR', `参数错误：${violation.field} ${violation.issue}`, {
    field: violation.field,
    value: violation.value,
    issue: violation.issue,
    location,
  })
}
