/** The login sheet: pick a test shopper, hand the page a one-time code, as `wx.login` does. */
import { isFriendly } from '../origins.ts'
import { demoShoppers } from '../shoppers.ts'
import type { Shopper } from '../shoppers.ts'
import { bodyOf } from '../sim/body.ts'
import type { World } from '../world.ts'
import { html, page, pageData } from './html.ts'

const TINTS = 6

const card = (shopper: Shopper, at: number) =>
  html`<li>
    <button type="button" data-shopper="${shopper.name}">
      <i class="tint-${at % TINTS}" aria-hidden="true">${shopper.nickname.slice(-1)}</i>
      <b>${shopper.nickname}</b>
      <span>${shopper.name}</span>
    </button>
  </li>`

/** The page, with where to send the code. */
export const loginPage = (world: World, given: unknown): string => {
  const query = bodyOf(given)
  const friendly = (value: unknown): value is string =>
    typeof value === 'string' && isFriendly(world.config, value)
  const back = {
    origin: friendly(query.origin) ? new URL(query.origin).origin : null,
    returnTo: friendly(query.return) ? query.return : null,
  }
  return page(
    '选择测试顾客（沙盒）',
    'login',
    html`<body>
      <main class="sheet">
        <header>
          <h1>用哪位顾客登录？</h1>
          <p class="badge"><b>沙盒 SANDBOX</b><span>都是虚构人物</span></p>
        </header>
        <input type="search" aria-label="找顾客" placeholder="姓名或编号，例如 0012" autocomplete="off" />
        <p class="problem" role="alert" hidden></p>
        <ul class="shoppers">
          ${demoShoppers().map(card)}
        </ul>
        <p class="nobody" hidden>没有这位顾客，换个名字试试。</p>
      </main>
      ${pageData(back)}
    </body>`,
  )
}
