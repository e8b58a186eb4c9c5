/** The frame of the till's screen; its script draws what the till says. */
import { html, page, pageData } from '../../panel/html.ts'
import { QUICK } from './goods.ts'

export const tillPage = (): string =>
  page(
    '收银台（沙盒）',
    'till',
    html`<body>
      <div id="till" class="till"></div>
      <dialog id="sheet"></dialog>
      <p id="toast" role="status" hidden></p>
      <noscript>收银台需要开启 JavaScript。</noscript>
      ${pageData({ quick: QUICK })}
    </body>`,
  )
