/** What a phone shows after `wx.requestMerchantTransfer`: who sends how much, and 收款 or not now. */
import type { FastifyInstance } from 'fastify'
import { isFriendly } from '../origins.ts'
import { SimProblem } from '../problem.ts'
import type { Transfer } from '../records.ts'
import { bodyOf, numberFrom } from '../sim/body.ts'
import { confirmTransfer, transferOfPackage } from '../wxpay/transferring.ts'
import type { World } from '../world.ts'
import { html, page, pageData, priceHtml } from './html.ts'
import type { SendPage } from './sending.ts'

const found = (world: World, given: Record<string, unknown>): Transfer => {
  if (given.appId !== world.keys.appId) throw new SimProblem(400, 'transfer.app_wrong', 'appId 与沙盒不符')
  if (given.mchId !== world.keys.mchId)
    throw new SimProblem(400, 'transfer.merchant_wrong', '商户号与沙盒不符')
  return transferOfPackage(world, given.package)
}

/** So many of the newest, unless more are asked for. */
const SHOWN = 100
const SHOWN_MOST = 20_000

const ENDS: Partial<Record<Transfer['state'], string>> = {
  SUCCESS: '已经收下了',
  CANCELLED: '已经取消，或者过了 24 小时',
  CANCELING: '商家正在撤回',
  FAIL: '转账失败了',
}

/** Registers the page and what its button asks for. */
export const mountTransfer = (app: FastifyInstance, world: World, sendPage: SendPage): void => {
  app.get('/transfer', (request, reply) => {
    const query = bodyOf(request.query)
    const { origin } = query
    const back = {
      origin: typeof origin === 'string' && isFriendly(world.config, origin) ? new URL(origin).origin : null,
      returnTo: null,
    }
    const transfer = found(world, query)
    const ended = ENDS[transfer.state]
    return sendPage(
      reply,
      page(
        '确认收款（沙盒）',
        'transfer',
        html`<body>
          <main class="sheet" aria-labelledby="amount">
            <header>
              <h1>商家转账</h1>
              <p class="badge"><b>沙盒 SANDBOX</b><span>不会真的到账</span></p>
            </header>
            <p class="merchant">${world.config.merchantName}</p>
            <p class="amount" id="amount">${priceHtml(transfer.amountFen)}</p>
            <p class="remark">${transfer.remark}</p>
            <p class="problem" role="alert" ${ended === undefined ? 'hidden' : ''}>${ended ?? ''}</p>
            <div class="choices">
              <button type="button" data-choice="cancel">暂不收款</button>
              <button
                type="button"
                data-choice="confirm"
                class="accept"
                ${ended === undefined ? '' : 'disabled'}
              >
                确认收款
              </button>
            </div>
          </main>
          ${pageData({ ...back, package: transfer.packageInfo })}
        </body>`,
      ),
    )
  })
}

/** The receiver's press, for the page and for tests. */
export const mountTransferSim = (app: FastifyInstance, world: World): void => {
  app.post('/transfers/confirmation', (request) => {
    const transfer = transferOfPackage(world, bodyOf(request.body).package)
    const notification = confirmTransfer(world, transfer)
    world.journal.write({
      kind: 'shopper',
      route: 'transfer',
      what: `confirmed ${transfer.billNo}`,
      outTradeNo: transfer.outBillNo,
      ...(transfer.shopper ? { shopper: transfer.shopper } : {}),
    })
    return { state: transfer.state, notificationId: notification?.id ?? null }
  })
  app.get('/transfers', (request) => ({
    transfers: [...world.store.transfers.values()]
      .slice(-numberFrom(bodyOf(request.query).limit, 'limit', 1, SHOWN_MOST, SHOWN))
      .map((one) => ({ ...one, fingerprint: undefined })),
  }))
}
