/**
 * Alipay's page in the shopper's browser (alipay.trade.wap.pay): verifies the signature of the address, shows what is asked, and lets whoever plays
 * the shopper choose how it ends.
 */
import type { FastifyInstance } from 'fastify'
import { alipayOutcomes, askedBy, settleAt } from '../alipay/cashiering.ts'
import type { AlipayOutcome } from '../alipay/cashiering.ts'
import { AlipayRefusal } from '../alipay/refusals.ts'
import type { Asked } from '../alipay/trades.ts'
import { SimProblem } from '../problem.ts'
import { bodyOf, textFrom } from '../sim/body.ts'
import type { World } from '../world.ts'
import { html, page, pageData, priceHtml } from './html.ts'
import type { SendPage } from './sending.ts'
import type { Html } from './html.ts'

const BUTTONS: { outcome: AlipayOutcome; label: string; hint: string }[] = [
  { outcome: 'fail', label: '余额不足', hint: '登录了，付款失败，交易仍待付款' },
  { outcome: 'begin', label: '登录后离开', hint: '交易已建立，没有付款，回到商家' },
  { outcome: 'success-without-return', label: '付款但不跳回', hint: '像付完款浏览器就被关掉' },
  { outcome: 'late', label: '通知晚到', hint: '已付款并跳回，支付通知先压着' },
]

/** An outcome by its name, as a page or a test gives it. */
export const alipayOutcomeOf = (value: unknown): AlipayOutcome => {
  const found = alipayOutcomes.find((each) => each === value)
  if (!found) throw new SimProblem(400, 'sim.outcome_wrong', `outcome is one of ${alipayOutcomes.join(', ')}`)
  return found
}

/** Registers the page and the settling it asks for. */
export const mountAlipayCashier = (app: FastifyInstance, world: World, sendPage: SendPage): void => {
  app.get('/alipay/gateway.do', (request, reply) => {
    const { search } = new URL(request.raw.url ?? '', 'http://gateway')
    try {
      const asked = askedBy(world, search)
      return sendPage(reply, page('支付宝（沙盒）', 'alipay', sheet(world, asked, search)))
    } catch (error) {
      if (!(error instanceof AlipayRefusal)) throw error
      return sendPage(reply, page('无法支付（沙盒）', 'alipay', refusalSheet(error)), 400)
    }
  })
  app.post('/alipay/cashier/payments', (request) => {
    const { search, outcome } = bodyOf(request.body)
    return settleByHand(world, textFrom(search) ?? '', alipayOutcomeOf(outcome))
  })
}

/** Settles and writes it down; refusals become the panel's own problems. */
export const settleByHand = (world: World, search: string, outcome: AlipayOutcome) => {
  try {
    const { asked, trade, notification, returnTo } = settleAt(world, search, outcome)
    world.journal.write({
      kind: 'shopper',
      route: 'alipay-pay',
      what: `${outcome} ${asked.outTradeNo}`,
      outTradeNo: asked.outTradeNo,
    })
    return {
      outTradeNo: asked.outTradeNo,
      state: trade?.state ?? null,
      tradeNo: trade?.tradeNo ?? null,
      notificationId: notification?.id ?? null,
      returnTo,
    }
  } catch (error) {
    if (error instanceof AlipayRefusal) throw new SimProblem(409, error.subCode, error.message)
    throw error
  }
}

const badge = html`<p class="badge"><b>沙盒 SANDBOX</b><span>不会真的扣款</span></p>`

const sheet = (world: World, asked: Asked, search: string): Html =>
  html`<body>
    <main class="sheet" aria-labelledby="amount">
      <header>
        <button type="button" class="close" data-outcome="cancel" aria-label="取消支付">×</button>
        <h1>支付宝</h1>
      </header>
      ${badge}
      <section class="asked">
        <p class="merchant">${world.config.merchantName}</p>
        <p class="amount" id="amount">${priceHtml(asked.totalFen)}</p>
      </section>
      <dl class="facts">
        <div>
          <dt>商品</dt>
          <dd>${asked.subject}</dd>
        </div>
        <div>
          <dt>付款方式</dt>
          <dd>沙盒余额</dd>
        </div>
        <div>
          <dt>商户单号</dt>
          <dd class="code">${asked.outTradeNo}</dd>
        </div>
      </dl>
      <p class="problem" role="alert" hidden></p>
      <button type="button" class="pay" data-outcome="success">确认付款</button>
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
            <button type="button" data-outcome="cancel"><b>取消</b><span>不登录，直接回商家</span></button>
          </li>
        </ul>
      </section>
    </main>
    ${pageData({ search })}
  </body>`

const refusalSheet = (refusal: AlipayRefusal): Html =>
  html`<body>
    <main class="sheet refused">
      <header><h1>支付宝</h1></header>
      ${badge}
      <p class="seal bad" aria-hidden="true">!</p>
      <h2 class="verdict">现在不能支付</h2>
      <p class="why" role="alert">${refusal.message}</p>
      <p class="code">${refusal.subCode}</p>
    </main>
    ${pageData({ search: null })}
  </body>`
