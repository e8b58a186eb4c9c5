/** 商家转账: money to a person who confirms it on their telephone (`/v3/fund-app/mch-transfer`). The same transport, other words. */
import type { WechatConfig } from '#kernel/config'
import type { TransferOrder } from './facts.ts'
import { isRefused } from './provider-fault.ts'
import { reader } from './reader.ts'
import type { Effort, Ports } from './trying.ts'
import { merchantOf, NOT_THERE, read } from './wxpay-api.ts'
import { TransferBill, TransferMade } from './wxpay-bodies.ts'
import { send } from './wxpay-client.ts'
import { sealField } from './wxpay-sign.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
/** What WeChat calls a transfer that there is not; some texts spell it as for refunds. */
const MISSING: ReadonlySet<string> = new Set([...NOT_THERE, 'NOT_FOUND'])
const readMade = reader(TransferMade)
const readBill = reader(TransferBill)

/** What promoters earn is 佣金报酬, and WeChat wants it described like this. */
const COMMISSION_SCENE = {
  id: '1005',
  reports: [
    { type: '岗位类型', content: '推广员' },
    { type: '报酬说明', content: '推广商品的佣金' },
  ],
}

export interface MadeTransfer {
  billNo: string
  state: string
  packageInfo: string | null
}
/** Each throws `ProviderFault` for what is not an answer. */
export interface WxpayTransfers {
  /** Always under the same number with the same words: asked twice, it happens once. */
  make(order: TransferOrder, effort: Effort): Promise<MadeTransfer>
  /** Null: WeChat knows no such transfer. */
  bill(outBillNo: string, effort: Effort): Promise<TransferBill | null>
  /** Taken, and no more than that: what became of it the bill says. */
  cancel(outBillNo: string, effort: Effort): Promise<void>
  /** What the telephone confirms it with. */
  confirming(packageInfo: string): { mchId: string; appId: string; package: string }
}

export function createWxpayTransfers(
  config: WechatConfig,
  publicOrigin: string,
  ports: Ports,
): WxpayTransfers {
  const merchant = merchantOf(config)
  const scene = config.transferScene ?? COMMISSION_SCENE
  const bodyOf = ({ outBillNo, openid, amountFen, userName, remark }: TransferOrder): object => ({
    appid: config.appId,
    out_bill_no: outBillNo,
    transfer_scene_id: scene.id,
    openid,
    // Sealed anew each time: WeChat compares what it opens.
    ...(userName === null ? {} : { user_name: sealField(userName, merchant.sealingKey) }),
    transfer_amount: amountFen,
    transfer_remark: remark,
    notify_url: `${publicOrigin}/hooks/wechat/transfers`,
    transfer_scene_report_infos: scene.reports.map(({ type, content }) => ({
      info_type: type,
      info_content: content,
    })),
  })
  return {
    async make(order, effort) {
      const body = JSON.stringify(bodyOf(order))
      const reply = await send(merchant, ports, { method: 'POST', path: BILLS, body }, effort)
      const made = read(readMade, reply, ({ out_bill_no: number }) => number === order.outBillNo)
      return { billNo: made.transfer_bill_no, state: made.state, packageInfo: made.package_info ?? null }
    },
    async bill(outBillNo, effort) {
      const path = `${BILLS}/out-bill-no/${outBillNo}`
      try {
        const reply = await send(merchant, ports, { method: 'GET', path }, effort)
        return read(readBill, reply, ({ out_bill_no: number }) => number === outBillNo)
      } catch (fault) {
        if (isRefused(fault) && fault.status === 404 && MISSING.has(fault.code)) return null
        throw fault
      }
    },
    async cancel(outBillNo, effort) {
      const path = `${BILLS}/out-bill-no/${outBillNo}/cancel`
      await send(merchant, ports, { method: 'POST', path, body: '{}' }, effort)
    },
    confirming: (packageInfo) => ({ mchId: config.mchId, appId: config.appId, package: packageInfo }),
  }
}
