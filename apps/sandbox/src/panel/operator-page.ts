/** The operator's panel: one page whose desks are drawn by its script from the control interface. */
import type { World } from '../world.ts'
import { html, page } from './html.ts'

const DESKS = [
  ['orders', '订单'],
  ['alipay', '支付宝'],
  ['notifications', '通知'],
  ['refunds', '退款'],
  ['phone', '顾客的手机'],
  ['erp', 'ERP'],
  ['faults', '故障'],
  ['journal', '流水'],
] as const

const STEPS = [
  [60, '+1 分'],
  [900, '+15 分'],
  [3_600, '+1 时'],
  [86_400, '+1 天'],
] as const

/** The frame of the panel. */
export const operatorPage = (world: World): string =>
  page(
    '沙盒操作台',
    'panel',
    html`<body>
      <header class="top">
        <img src="/assets/mark.svg" alt="" width="28" height="28" />
        <h1>沙盒操作台</h1>
        <p class="badge"><b>SANDBOX</b></p>
        <p class="facts">商户号 <code>${world.keys.mchId}</code> · appid <code>${world.keys.appId}</code></p>
        <div class="clock" aria-label="虚拟时钟">
          <p><span>虚拟时间</span> <output id="clock">…</output> <small id="ahead"></small></p>
          <div>
            ${STEPS.map(
              ([seconds, label]) => html`<button type="button" data-advance="${seconds}">${label}</button>`,
            )}
          </div>
        </div>
      </header>
      <div class="body">
        <nav aria-label="操作台">
          <ul>
            ${DESKS.map(
              ([name, label]) =>
                html`<li>
                  <a href="#${name}" data-desk="${name}">${label}<b data-count="${name}"></b></a>
                </li>`,
            )}
          </ul>
          <form class="settings" id="settings">
            <h2>规则开关</h2>
            <label><input type="checkbox" name="refundGap" /> 同单退款间隔 1 分钟</label>
            <label><input type="checkbox" name="closeAfter" /> 下单 5 分钟后才能关单</label>
            <label><input type="checkbox" name="signWith" /> 改用平台证书签名</label>
          </form>
          <p class="note"><a href="/retail/till">收银台：别家的收银机，断网也能收</a></p>
          <p class="note">这里扮演微信支付、支付宝、微信接口、顾客的手机和总部 ERP。钱和人都是假的。</p>
        </nav>
        <main id="desk" aria-live="off" tabindex="-1"></main>
      </div>
      <p id="toast" role="status" hidden></p>
    </body>`,
  )
