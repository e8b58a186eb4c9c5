/**
 * The cashier: what a phone does between `wx.requestPayment` and its callback. It verifies paySign with the merchant's
 * public key before it shows anything payable, as WeChat does, and again before it settles.
 */
import type { FastifyInstance } from 'fastify'
import { payMessage, verifyText } from '../crypto.ts'
import { isFriendly } from '../origins.ts'
import { SimProblem } from '../problem.ts'
import type { Order } from '../records.ts'
import { shopperOf } from '../shoppers.ts'
import { bodyOf } from '../sim/body.ts'
import { payableOrder, payOrder } from '../wxpay/paying.ts'
import type { Outcome } from '../wxpay/paying.ts'
import type { World } from '../world.ts'
import { html, page, pageData, priceHtml } from './html.ts'
import type { SendPage } from './sending.ts'
import type { Html } from './html.ts'

const NAMES = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const
type PayParams = Record<(typeof NAMES)[number], string>

const PREPAY = /^prepay_id=(.+)$/
const BUTTONS: { outcome: Outcome; label: string; hint: string }[] = [
  { outcome: 'fail', label: '余额不足', hint: '付款失败，订单仍待支付' },
  { outcome: 'success-without-callback', label: '付款但不通知前端', hint: '像付完款微信就被关掉' },
  { outcome: 'late', label: '稍后到账', hint: '已付款，支付通知先压着' },
]
/** Leaving asks nobody: the sheet closes whatever became of the order meanwhile. */
const OUTCOMES: Outcome[] = ['success', ...BUTTONS.map(({ outcome }) => outcome)]

/** Registers the page and the settling it asks for. */
export const mountCashier = (app: FastifyInstance, world: World, sendPage: SendPage): void => {
  app.get('/cashier', (request, reply) => {
    const query = bodyOf(request.query)
    const back = backOf(world, query)
    try {
      const params = readParams(query)
      const order = verifiedOrder(world, params)
      return sendPage(reply, page('微信支付（沙盒）', 'cashier', sheet(world, order, params, back)))
    } catch (error) {
      if (!(error instanceof SimProblem)) throw error
      return sendPage(reply, page('无法支付（沙盒）', 'cashier', refusalSheet(error, back)), error.status)
    }
  })
  app.post('/cashier/payments', (request) => {
    const body = bodyOf(request.body)
    const outcome = OUTCOMES.find((each) => each === body.outcome)
    if (!outcome) throw new SimProblem(400, 'cashier.outcome_wrong', '没有这种付款结果')
    const order = verifiedOrder(world, readParams(body))
    const payment = payOrder(world, order.prepayId, outcome)
    world.journal.write({
      kind: 'shopper',
      route: 'cashier',
      what: `${outcome} ${order.prepayId}`,
      outTradeNo: order.outTradeNo,
      ...(order.shopper ? { shopper: order.shopper } : {}),
    })
    return { result: payment.result }
  })
}

/** Where the result may go: a parent window of a friendly origin, or a friendly address. */
const backOf = (
  world: World,
  query: Record<string, unknown>,
): { origin: string | null; returnTo: string | null } => {
  const friendly = (value: unknown): value is string =>
    typeof value === 'string' && isFriendly(world.config, value)
  return {
    origin: friendly(query.origin) ? new URL(query.origin).origin : null,
    returnTo: friendly(query.return) ? query.return : null,
  }
}

const readParams = (given: Record<string, unknown>): PayParams => {
  const read = (name: (typeof NAMES)[number]): string => {
    const value = given[name]
    if (typeof value === 'string' && value !== '') return value
    throw new SimProblem(400, 'cashier.param_missing', `缺少参数 ${name}`)
  }
  return {
    appId: read('appId'),
    timeStamp: read('timeStamp'),
    nonceStr: read('nonceStr'),
    package: read('package'),
    signType: read('signType'),
    paySign: read('paySign'),
  }
}

const verifiedOrder = (world: World, params: PayParams): Order => {
  const prepayId = PREPAY.exec(params.package)?.[1]
  if (params.appId !== world.keys.appId) throw new SimProblem(400, 'cashier.app_wrong', 'appId 与沙盒不符')
  if (params.signType !== 'RSA') throw new SimProblem(400, 'cashier.sign_type_wrong', 'signType 必须是 RSA')
  if (prepayId === undefined)
    throw new SimProblem(400, 'cashier.package_wrong', 'package 应以 prepay_id= 开头')
  if (!/^\d{10}$/.test(params.timeStamp))
    throw new SimProblem(400, 'cashier.time_wrong', 'timeStamp 应为秒数')
  const message = payMessage(params.appId, params.timeStamp, params.nonceStr, params.package)
  if (!verifyText(message, params.paySign, world.keys.merchantPublicKey)) {
    throw new SimProblem(400, 'cashier.pay_sign_wrong', '支付验证签名失败：paySign 与商户公钥对不上')
  }
  return payableOrder(world, prepayId)
}

const badge = html`<p class="badge"><b>沙盒 SANDBOX</b><span>不会真的扣款</span></p>`

const sheet = (
  world: World,
  order: Order,
  params: PayParams,
  back: { origin: string | null; returnTo: string | null },
): Html => {
  const payer = order.shopper ? shopperOf(order.shopper).nickname : '未知'
  return html`<body>
    <main class="sheet" aria-labelledby="amount">
      <header>
        <button type="button" class="close" data-leave="cancel" aria-label="取消支付">×</button>
        <h1>微信支付</h1>
      </header>
      ${badge}
      <section class="asked">
        <p class="merchant">${world.config.merchantName}</p>
        <p class="amount" id="amount">${priceHtml(order.totalFen)}</p>
      </section>
      <dl class="facts">
        <div>
          <dt>商品</dt>
          <dd>${order.description}</dd>
        </div>
        <div>
          <dt>付款人</dt>
          <dd>${payer}</dd>
        </div>
        <div>
          <dt>付款方式</dt>
          <dd>沙盒零钱</dd>
        </div>
        <div>
          <dt>商户单号</dt>
          <dd class="code">${order.outTradeNo}</dd>
        </div>
      </dl>
      <p class="problem" role="alert" hidden></p>
      <button type="button" class="pay" data-outcome="success">立即支付</button>
      <section class="others" aria-label="演示其他情况">
        <h2>演示其他情况</h2>
        <ul>
          ${BUTTONS.map(
            ({ outcome, label, hint }) =>
              html`<li>
                <button type="button" data-outcome="${outcome}"><b>${label}</b><span>${hint}</span></button>
              </li>`,
          )}
          <li>
            <button type="button" data-leave="cancel"><b>取消</b><span>关掉收银台，不付款</span></button>
          </li>
        </ul>
      </section>
    </main>
    ${pageData({ params, ...back })}
  </body>`
}

const refusalSheet = (problem: SimProblem, back: { origin: string | null; returnTo: string | null }): Html =>
  html`<body>
    <main class="sheet refused">
      <header>
        <button type="button" class="close" data-leave="fail" aria-label="返回商家">×</button>
        <h1>微信支付</h1>
      </header>
      ${badge}
      <p class="seal bad" aria-hidden="true">!</p>
      <h2 class="verdict">现在不能支付</h2>
      <p class="why" role="alert">${problem.message}</p>
      <p class="code">${problem.code}</p>
      <button type="button" class="pay" data-leave="fail">返回商家</button>
    </main>
    ${pageData({ params: null, ...back })}
  </body>`
