/**
 * The rows of a day's bills, from the sandbox's own ledger. A payment belongs to the Beijing day on which it was paid, a refund to the
 * day on which it was accepted; both stand in the trade bill as rows of their own.
 */
import type { Order, Refund } from '../records.ts'
import type { World } from '../world.ts'
import { FEE_RATE, feeText, feeOf, roundedFee, yuan } from './money.ts'
import { untilDay } from './days.ts'

export const TRADE_COLUMNS = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款类型',
  '退款状态',
  '商品名称',
  '商户数据包',
  '手续费',
  '费率',
  '订单金额',
  '申请退款金额',
  '费率备注',
] as const

export const FUND_COLUMNS = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '账户结余(元)',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
] as const

export type TradeColumn = (typeof TRADE_COLUMNS)[number]

/** One payment or refund of a bill. Amounts are fen, the fee is thousandths of a fen. */
export type TradeRow = {
  kind: 'payment' | 'refund'
  orderFen: number
  couponFen: number
  refundFen: number
  couponRefundFen: number
  feeMilliFen: number
  cells: Record<TradeColumn, string>
}

export const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const
export type BillType = (typeof BILL_TYPES)[number]

/** `2026-11-22T10:42:07+08:00` as a bill writes it. */
const billTime = (told: string): string => told.slice(0, 19).replace('T', ' ')
const onDay = (told: string | null, day: string): told is string => told?.startsWith(day) === true

const baseCells = (world: World, order: Order): Record<TradeColumn, string> => ({
  交易时间: billTime(order.successTime ?? ''),
  公众账号ID: world.keys.appId,
  商户号: world.keys.mchId,
  特约商户号: '0',
  设备号: '',
  微信订单号: order.transactionId ?? '',
  商户订单号: order.outTradeNo,
  用户标识: order.openid,
  交易类型: 'JSAPI',
  交易状态: 'SUCCESS',
  付款银行: 'OTHERS',
  货币种类: 'CNY',
  应结订单金额: yuan(order.totalFen),
  代金券金额: yuan(order.couponFen),
  微信退款单号: '0',
  商户退款单号: '0',
  退款金额: '0.00',
  充值券退款金额: '0.00',
  退款类型: '',
  退款状态: '',
  商品名称: order.description,
  商户数据包: order.attach ?? '',
  手续费: feeText(feeOf(order.totalFen)),
  费率: FEE_RATE,
  订单金额: yuan(order.totalFen),
  申请退款金额: '0.00',
  费率备注: '',
})

const paymentRow = (world: World, order: Order): TradeRow => ({
  kind: 'payment',
  orderFen: order.totalFen,
  couponFen: order.couponFen,
  refundFen: 0,
  couponRefundFen: 0,
  feeMilliFen: feeOf(order.totalFen),
  cells: baseCells(world, order),
})

const refundRow = (world: World, order: Order, refund: Refund, day: string): TradeRow => {
  const couponRefundFen = refund.refundFen - refund.payerRefundFen
  const feeMilliFen = -feeOf(refund.refundFen)
  return {
    kind: 'refund',
    orderFen: 0,
    couponFen: 0,
    refundFen: refund.refundFen,
    couponRefundFen,
    feeMilliFen,
    cells: {
      ...baseCells(world, order),
      交易时间: billTime(refund.createTime),
      交易状态: 'REFUND',
      应结订单金额: '0.00',
      代金券金额: '0.00',
      微信退款单号: refund.refundId,
      商户退款单号: refund.outRefundNo,
      退款金额: yuan(refund.refundFen),
      充值券退款金额: yuan(couponRefundFen),
      退款类型: 'ORIGINAL',
      退款状态: stateInBill(refund, day),
      手续费: feeText(feeMilliFen),
      订单金额: '0.00',
      申请退款金额: yuan(refund.refundFen),
    },
  }
}

/** A bill is a snapshot of nine o'clock the next morning and never updated: what succeeds later stays PROCESSING in it. */
const stateInBill = (refund: Refund, day: string): string => {
  if (refund.state === 'SUCCESS')
    return Date.parse(refund.successTime ?? '') <= untilDay(day) ? 'SUCCESS' : 'PROCESSING'
  return refund.state === 'CLOSED' ? 'FAIL' : 'PROCESSING'
}

/** Every payment and refund of a Beijing day, in the order in which they happened. */
export const tradeRows = (world: World, day: string, type: BillType): TradeRow[] => {
  const rows: TradeRow[] = []
  if (type !== 'REFUND')
    for (const order of world.store.orders.values())
      if (onDay(order.successTime, day)) rows.push(paymentRow(world, order))
  if (type !== 'SUCCESS')
    for (const refund of world.store.refunds.values()) {
      const order = world.store.orders.get(refund.outTradeNo)
      if (order && onDay(refund.createTime, day)) rows.push(refundRow(world, order, refund, day))
    }
  return rows.sort((a, b) => a.cells.交易时间.localeCompare(b.cells.交易时间))
}

/** One movement of the merchant's account. */
export type FundRow = { incomeFen: number; outgoFen: number; cells: string[] }

interface Movement {
  at: string
  number: string
  voucher: string
}
const movementOf = ({ kind, cells }: TradeRow): Movement => ({
  at: cells.交易时间,
  number: kind === 'payment' ? cells.微信订单号 : cells.微信退款单号,
  voucher: kind === 'payment' ? cells.商户订单号 : cells.商户退款单号,
})
/** Transfers to persons that arrived that day. */
const transferMovements = (world: World, day: string): (Movement & { fen: number })[] =>
  [...world.store.transfers.values()]
    .filter(({ state, updateTime }) => state === 'SUCCESS' && onDay(updateTime, day))
    .map(({ updateTime, billNo, outBillNo, amountFen }) => ({
      at: billTime(updateTime),
      number: billNo,
      voucher: outBillNo,
      fen: amountFen,
    }))

/** What moved on the merchant's account that day: takings, fees, refunds, what came back from refunds that were closed, and transfers to persons. */
export const fundRows = (world: World, day: string): FundRow[] => {
  let balanceFen = 0
  const rows: FundRow[] = []
  const book = ({ at, number, voucher }: Movement, name: string, fen: number) => {
    if (fen === 0) return
    balanceFen += fen
    rows.push({
      incomeFen: Math.max(fen, 0),
      outgoFen: Math.max(-fen, 0),
      cells: [
        at,
        number,
        `4000000000${String(rows.length + 1).padStart(10, '0')}`,
        name,
        name,
        fen > 0 ? '收入' : '支出',
        yuan(Math.abs(fen)),
        yuan(balanceFen),
        'system',
        '',
        voucher,
      ],
    })
  }
  for (const row of tradeRows(world, day, 'ALL')) {
    const movement = movementOf(row)
    if (row.kind === 'payment') book(movement, '交易', row.orderFen)
    else book(movement, '退款', -row.refundFen)
    book(movement, row.kind === 'payment' ? '扣除交易手续费' : '退还交易手续费', -roundedFee(row.feeMilliFen))
    if (row.cells.退款状态 === 'FAIL') book(movement, '退款退回', row.refundFen)
  }
  for (const transfer of transferMovements(world, day)) book(transfer, '商家转账', -transfer.fen)
  return rows
}
