/** Trade bills that disagree with what really happened, as a fault wants them. The text of the bill is right; the facts in it are not. */
import type { FaultAction } from '../faults/rules.ts'
import type { World } from '../world.ts'
import { feeOf, feeText, yuan } from './money.ts'
import type { TradeRow } from './rows.ts'

const LARGE_ROWS = 100_000
const INVENTED_FEN = 4680

const reamount = (row: TradeRow, orderFen: number): TradeRow => ({
  ...row,
  orderFen,
  feeMilliFen: feeOf(orderFen),
  cells: {
    ...row.cells,
    应结订单金额: yuan(orderFen),
    订单金额: yuan(orderFen),
    手续费: feeText(feeOf(orderFen)),
  },
})

/** A payment that nobody asked for, the `index`th of a day; the same every time it is asked for. */
const invented = (world: World, day: string, index: number): TradeRow => {
  const serial = String(index).padStart(10, '0')
  const fen = INVENTED_FEN + (index % 1000)
  const cells: TradeRow['cells'] = {
    交易时间: `${day} ${String(index % 24).padStart(2, '0')}:20:31`,
    公众账号ID: world.keys.appId,
    商户号: world.keys.mchId,
    特约商户号: '0',
    设备号: '',
    微信订单号: `4200999999${day.replaceAll('-', '')}${serial}`,
    商户订单号: `SANDBOX${day.replaceAll('-', '')}${serial}`,
    用户标识: 'oSandboxNobodyKnowsThisOpenid',
    交易类型: 'JSAPI',
    交易状态: 'SUCCESS',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    应结订单金额: yuan(fen),
    代金券金额: '0.00',
    微信退款单号: '0',
    商户退款单号: '0',
    退款金额: '0.00',
    充值券退款金额: '0.00',
    退款类型: '',
    退款状态: '',
    商品名称: '沙盒多出来的一笔',
    商户数据包: '',
    手续费: feeText(feeOf(fen)),
    费率: '0.60%',
    订单金额: yuan(fen),
    申请退款金额: '0.00',
    费率备注: '',
  }
  return {
    kind: 'payment',
    orderFen: fen,
    couponFen: 0,
    refundFen: 0,
    couponRefundFen: 0,
    feeMilliFen: feeOf(fen),
    cells,
  }
}

function* inventedRows(world: World, day: string, count: number): Generator<TradeRow> {
  for (let index = 0; index < count; index += 1) yield invented(world, day, index)
}

/** The rows as the fault tells them. `bill-large` never holds its rows: they are made while they are sent. */
export function* spoiltRows(
  world: World,
  day: string,
  rows: readonly TradeRow[],
  action: FaultAction | null,
): Generator<TradeRow> {
  const payment = rows.findIndex((row) => row.kind === 'payment')
  for (const [index, row] of rows.entries()) {
    if (index === payment && action?.kind === 'bill-missing-row') continue
    yield index === payment && action?.kind === 'bill-off-by-one' ? reamount(row, row.orderFen + 1) : row
  }
  if (action?.kind === 'bill-extra-row') yield* inventedRows(world, day, 1)
  if (action?.kind === 'bill-large') yield* inventedRows(world, day, action.rows ?? LARGE_ROWS)
}
