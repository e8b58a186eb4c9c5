import type { In, Out } from '../../api.ts'

export type AlarmDetail = Out<'GET /console/v1/payment-alarms/:alarmId'>
export type Alarm = AlarmDetail['alarm']
type Refund = NonNullable<Alarm['refund']>
export type BankType = In<'POST /console/v1/payment-alarms/:alarmId/card-redirection'>['body']['bankType']

export const kinds: Record<Alarm['kind'], string> = {
  amount_mismatch: '金额对不上',
  merchant_mismatch: '商户号对不上',
  unknown_trade: '找不到这笔单',
  double_payment: '付了两次',
  late_payment: '关单后才到账',
  refund_failed: '退款没成',
  unreadable: '通知读不懂',
  bill_failed: '对账没成',
  report_failed: '发货没报上',
  transfer_stuck: '转账卡住',
}

const advice: Record<Alarm['kind'], string> = {
  amount_mismatch: '钱扣在微信，没有记成已付。去商户平台核对后退回或补差',
  merchant_mismatch: '不是我们的商户号收的钱，没有记成已付。找支付同事查配置',
  unknown_trade: '微信有这笔钱，我们没有这笔单。去商户平台查来路',
  double_payment: '同一单付了两次，多的一次已自动退。看看到账没有',
  late_payment: '关单以后钱才到，已自动退。看看到账没有',
  refund_failed: '看看原因，从这里接着退，或联系顾客',
  unreadable: '签名对，内容读不懂，没有记成已付。找技术同事',
  bill_failed: '那天的账单没有对成，系统会接着试。去财务对账看原因',
  transfer_stuck: '佣金提现没有走下去。系统会用同一单号继续；余额不足就充值，配置不对就改好，不用换单号重发',
  report_failed: '微信没收下发货信息，货款可能一直冻结。到订单里点「再报一次」，或去小程序后台补录',
}

const refundAdvice: Record<Refund['state'], string> = {
  PENDING: '还没发出去。原因排除后点「用原单号再发」',
  PROCESSING: '微信已经受理，还没到账。可以再问一次微信',
  SUCCESS: '钱已经退出',
  ABNORMAL: '微信退不进顾客的账户。改退到顾客的银行卡，或退到商户账户',
  CLOSED: '微信关掉了这笔退款，钱没有出去。到订单里重新退',
  FAILED: '微信不接受这笔退款，钱没有出去。到订单里重新退',
}

/** What to do about an alarm, as things stand now. */
export const adviceOf = ({ kind, refund }: Alarm): string => {
  if (refund?.state === 'SUCCESS' && refund.redirectedTo === 'merchant_account')
    return '钱退回了商户账户，顾客还没拿到。用别的办法退给顾客后写明'
  return refund ? refundAdvice[refund.state] : advice[kind]
}

export const refundStates: Record<Refund['state'], string> = {
  PENDING: '等发出',
  PROCESSING: '退款中',
  SUCCESS: '已退出',
  ABNORMAL: '退款异常',
  CLOSED: '已关闭',
  FAILED: '被拒绝',
}

export const redirections: Record<NonNullable<Refund['redirectedTo']>, string> = {
  user_card: '改退到顾客银行卡',
  merchant_account: '退到商户账户',
}

const troubles: Record<string, string> = {
  NOT_ENOUGH: '商户账户余额不够',
  PROFIT_SHARING: '这笔收款参加了分账，钱冻结着或已经分出去',
  NO_AUTH: '商户号没有退款权限',
  SIGN_ERROR: '签名不对，检查商户密钥',
  SYSTEM_ERROR: '微信支付当时出错',
  NO_ANSWER: '微信支付没有回应',
  ABNORMAL: '顾客的收款账户不能入账',
  CLOSED: '微信关掉了这笔退款',
  PARAM_ERROR: '微信认为卡号、姓名或开户银行不对',
  RESOURCE_NOT_EXISTS: '微信没有这笔退款',
}

/** Why a refund did not go on; a code that this build does not know is shown as it came. */
export const troubleWords = (code: string): string => troubles[code] ?? code

const verbs: Record<string, string> = {
  assigned: '接了过来',
  released: '放了回去',
  noted: '记了一笔',
  sent_again: '用原单号又发了一次',
  asked_again: '又问了一次微信',
  redirected_to_card: '改退到顾客的银行卡',
  redirected_to_account: '退到商户账户',
  redirection_failed: '改退没成',
  mended: '系统关掉',
  resolved: '处理好了',
}

export const eventWords = ({ verb, note }: Pick<AlarmDetail['events'][number], 'verb' | 'note'>): string => {
  const said = verbs[verb] ?? verb
  if (note === null) return said
  return `${said}：${verb === 'redirection_failed' ? troubleWords(note) : note}`
}

/** Debit cards that WeChat Pay can send such a refund to. */
export const banks: Record<BankType, string> = {
  ICBC_DEBIT: '工商银行',
  ABC_DEBIT: '农业银行',
  BOC_DEBIT: '中国银行',
  CCB_DEBIT: '建设银行',
  COMM_DEBIT: '交通银行',
  PSBC_DEBIT: '邮储银行',
  CMB_DEBIT: '招商银行',
  CITIC_DEBIT: '中信银行',
  CEB_DEBIT: '光大银行',
  CMBC_DEBIT: '民生银行',
  SPDB_DEBIT: '浦发银行',
  CIB_DEBIT: '兴业银行',
  GDB_DEBIT: '广发银行',
  PAB_DEBIT: '平安银行',
  NBCB_DEBIT: '宁波银行',
}

/** Spaces are how people read a card number; the bank has none. */
export const cardDigits = (typed: string): string => typed.replaceAll(/\s/g, '')

/** As many digits as a card of a bank has. */
export const isCard = (typed: string): boolean => /^\d{12,22}$/.test(cardDigits(typed))

/** Nearly every bank ends its numbers with a check digit; one that does not fit is probably a slip, but may be an old card. */
export const looksMistyped = (typed: string): boolean => {
  const sum = Array.from(cardDigits(typed))
    .toReversed()
    .reduce((total, digit, at) => {
      const worth = at % 2 === 0 ? Number(digit) : Number(digit) * 2
      return total + (worth > 9 ? worth - 9 : worth)
    }, 0)
  return isCard(typed) && sum % 10 !== 0
}
