/**
 * Alipay's daily trade bill, from the sandbox's own ledger: an address that lives for thirty seconds, behind it a zip with the rows and their sums in
 * GBK. A payment belongs to the Beijing day on which it was paid, a refund to its own.
 */
import type { FastifyInstance } from 'fastify'
import { isDay, readinessOf } from '../bills/days.ts'
import type { BillShelf } from '../bills/shelf.ts'
import { actsAt } from '../faults/actions.ts'
import type { ActionKind } from '../faults/actions.ts'
import { strikeBefore } from '../faults/before.ts'
import type { AlipayTrade } from '../records.ts'
import type { World } from '../world.ts'
import { gbkOf } from './gbk.ts'
import { refuse } from './refusals.ts'
import { refuseUnknown } from './request.ts'
import type { Content } from './request.ts'
import { yuanOf } from './wire.ts'
import { zipOf } from './zip.ts'

const FILE_PATH = '/downloadBillFile.resource'
const CRLF = '\r\n'
const RULE = '-----------------------------------------'
const FEE_BP = 60
const ODD_NAME = '苹果, "特价" 5斤,装'
export const BILL_COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '商品名称',
  '创建时间',
  '完成时间',
  '门店编号',
  '门店名称',
  '操作员',
  '终端号',
  '对方账户',
  '订单金额（元）',
  '商家实收（元）',
  '支付宝红包（元）',
  '集分宝（元）',
  '支付宝优惠（元）',
  '商家优惠（元）',
  '券核销金额（元）',
  '券名称',
  '商家红包消费金额（元）',
  '卡消费金额（元）',
  '退款批次号/请求号',
  '服务费（元）',
  '分润（元）',
  '备注',
] as const
type Column = (typeof BILL_COLUMNS)[number]
type Cells = Partial<Record<Column, string>>
type Row = { refund: boolean; fen: number; cells: Cells }

const signed = (fen: number): string => (fen < 0 ? `-${yuanOf(-fen)}` : yuanOf(fen))

/** A row of a bill: numbers are followed by a tab, so that no table program rounds them. */
const rowOf = (
  trade: AlipayTrade,
  { at, fen, request }: { at: string; fen: number; request: string | null },
): Row => {
  const fee = Math.floor((Math.abs(fen) * FEE_BP + 5000) / 10_000)
  const refund = request !== null
  return {
    refund,
    fen: Math.abs(fen),
    cells: {
      支付宝交易号: `${trade.tradeNo}\t`,
      商户订单号: `${trade.outTradeNo}\t`,
      业务类型: refund ? '退款' : '交易',
      商品名称: trade.subject,
      创建时间: trade.createTime,
      完成时间: at,
      对方账户: '*芳(199******00)',
      '订单金额（元）': signed(fen),
      '商家实收（元）': signed(fen),
      '退款批次号/请求号': refund ? `${request}\t` : '',
      '服务费（元）': signed(refund ? fee : -fee),
    },
  }
}

const rowsOf = (world: World, day: string): Row[] =>
  [...world.store.alipayTrades.values()].flatMap((trade) => [
    ...(trade.payTime?.startsWith(day)
      ? [rowOf(trade, { at: trade.payTime, fen: trade.totalFen, request: null })]
      : []),
    ...trade.refunds
      .filter(({ time }) => time.startsWith(day))
      .map(({ time, refundFen, outRequestNo }) =>
        rowOf(trade, { at: time, fen: -refundFen, request: outRequestNo }),
      ),
  ])

const invented = (day: string): Row => ({
  refund: false,
  fen: 4680,
  cells: {
    支付宝交易号: `${day.replaceAll('-', '')}22001499990000000001\t`,
    商户订单号: 'SANDBOXEXTRA0001\t',
    业务类型: '交易',
    商品名称: '沙盒多出来的一笔',
    创建时间: `${day} 10:20:30`,
    完成时间: `${day} 10:20:31`,
    '订单金额（元）': '46.80',
    '商家实收（元）': '46.80',
    '服务费（元）': '-0.28',
  },
})

/** The rows as a fault tells them. */
const spoilt = (rows: readonly Row[], day: string, fault: ActionKind | null): Row[] => {
  const first = rows.findIndex(({ refund }) => !refund)
  const kept = rows.filter((_, at) => !(fault === 'bill-missing-row' && at === first))
  const told = kept.map((row, at) => {
    if (fault === 'bill-odd-names') return { ...row, cells: { ...row.cells, 商品名称: ODD_NAME } }
    if (fault !== 'bill-off-by-one' || at !== first) return row
    const more = yuanOf(row.fen + 1)
    return {
      ...row,
      fen: row.fen + 1,
      cells: { ...row.cells, '订单金额（元）': more, '商家实收（元）': more },
    }
  })
  return fault === 'bill-extra-row' ? [...told, invented(day)] : told
}

const columnsFor = (fault: ActionKind | null): string[] => {
  if (fault === 'bill-reordered') return [...BILL_COLUMNS.slice(5), ...BILL_COLUMNS.slice(0, 5)]
  return fault === 'bill-extra-column'
    ? [...BILL_COLUMNS.slice(0, 3), '新增的列', ...BILL_COLUMNS.slice(3)]
    : [...BILL_COLUMNS]
}

/** The whole file of rows. */
export const billText = (
  world: World,
  day: string,
  rows: readonly Row[],
  fault: ActionKind | null,
): string => {
  const [year, month, date] = day.split('-')
  const columns = columnsFor(fault)
  const sum = (refund: boolean): [count: number, fen: number] => {
    const own = rows.filter((row) => row.refund === refund)
    return [own.length, own.reduce((fen, row) => fen + row.fen, 0)]
  }
  const [[paid, paidFen], [back, backFen]] = [sum(false), sum(true)]
  const wrong = fault === 'bill-summary-wrong' ? 1 : 0
  return [
    '#支付宝业务明细查询',
    `#账号：[${world.keys.alipay.sellerId}0156]`,
    `#起始日期：[${year}年${month}月${date}日 00:00:00]   终止日期：[${year}年${month}月${date}日 24:00:00]`,
    `#${RULE}业务明细列表${RULE}`,
    columns.join(','),
    ...rows.map(({ cells }) => columns.map((name) => cells[name as Column] ?? '').join(',')),
    `#${RULE}业务明细列表结束${RULE}`,
    `#交易合计：${paid}笔，商家实收共${yuanOf(paidFen + wrong)}元，商家优惠共0.00元`,
    `#退款合计：${back}笔，商家实收退款共${signed(-backFen)}元，商家优惠退款共0.00元`,
    `#导出时间：[${year}年${month}月${date}日 24:00:00]`,
    '',
  ].join(CRLF)
}

export type BillCall = { shelf: BillShelf; origin: string }

/** `alipay.data.dataservice.bill.downloadurl.query`. */
export const offerBill = (
  world: World,
  content: Content,
  fault: ActionKind | null,
  { shelf, origin }: BillCall,
): Content => {
  refuseUnknown(content, ['bill_type', 'bill_date'])
  const { bill_type: type, bill_date: day } = content
  if (type !== 'trade') refuse('parameter', 'bill_type')
  if (typeof day !== 'string' || !isDay(day)) return refuse('parameter', 'bill_date')
  const now = world.clock.now()
  const rows = rowsOf(world, day)
  const there = readinessOf(day, now) === 'ready' && fault !== 'bill-not-ready'
  if (!there || (rows.length === 0 && fault !== 'bill-extra-row')) refuse('noBill')
  const text = billText(world, day, spoilt(rows, day, fault), fault)
  const token = shelf.put(
    { text: () => [text], zipped: true },
    fault === 'bill-url-expired' ? now - 3_600_000 : now,
  )
  return {
    bill_download_url: `${origin}/alipay${FILE_PATH}?bizDates=${day.replaceAll('-', '')}&fileId=${token}`,
  }
}

/** The file behind such an address. */
export const mountBillFile = (app: FastifyInstance, world: World, shelf: BillShelf): void => {
  app.get(FILE_PATH, async (request, reply) => {
    const rule = world.faults.strike({ route: 'alipay-bill-download', method: 'GET' })
    const early =
      rule && actsAt(rule.action.kind, 'before') ? await strikeBefore(world, rule.action, {}, reply) : null
    if (early === null) {
      const { fileId } = request.query as { fileId?: unknown }
      const bill = shelf.take(typeof fileId === 'string' ? fileId : '', world.clock.now())
      const file = bill && archiveOf([...bill.text()].join(''), world.keys.alipay.sellerId)
      if (!file) void reply.code(404).type('text/plain; charset=utf-8').send('账单地址已失效')
      else
        void reply
          .code(200)
          .type('application/zip')
          .send(rule?.action.kind === 'bill-truncated' ? file.subarray(0, Math.ceil(file.length / 2)) : file)
    } else if (early !== 'gone') void reply.code(early.status).send(early.body)
    world.journal.write({
      kind: 'request',
      route: 'alipay-bill-download',
      what: `GET ${FILE_PATH}`,
      ...(early === 'gone' ? {} : { status: reply.statusCode }),
      ...(rule ? { fault: rule.action.kind } : {}),
    })
    return reply
  })
}

const archiveOf = (text: string, sellerId: string): Buffer =>
  zipOf([
    { name: gbkOf(`${sellerId}0156_业务明细.csv`), bytes: gbkOf(text) },
    { name: gbkOf(`${sellerId}0156_业务明细(汇总).csv`), bytes: gbkOf(`#支付宝业务汇总查询${CRLF}`) },
  ])
