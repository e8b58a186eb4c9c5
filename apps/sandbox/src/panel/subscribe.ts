/** WeChat's sheet for subscribe messages: one line per template, and 允许 or 取消, as `wx.requestSubscribeMessage` shows it. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isFriendly } from '../origins.ts'
import { bodyOf } from '../sim/body.ts'
import { subscribeTemplates } from '../wx/templates.ts'
import type { World } from '../world.ts'
import { html, page, pageData } from './html.ts'

/** WeChat asks for no more at once. */
const MOST = 3

const line = ({ id, title, keywords }: (typeof subscribeTemplates)[number]) =>
  html`<li>
    <label
      ><input type="checkbox" value="${id}" checked /><span
        ><b>${title}</b><small>${Object.values(keywords).join('、')}</small></span
      ></label
    >
  </li>`

/** Registers the page. */
export const mountSubscribe = (
  app: FastifyInstance,
  world: World,
  sendPage: (reply: FastifyReply, text: string, status?: number) => FastifyReply,
): void => {
  app.get('/subscribe', (request, reply) => {
    const { templateIds, origin } = bodyOf(request.query)
    const asked = String(templateIds).split(',').slice(0, MOST)
    const templates = subscribeTemplates.filter(({ id }) => asked.includes(id))
    const back = {
      origin: typeof origin === 'string' && isFriendly(world.config, origin) ? new URL(origin).origin : null,
      returnTo: null,
      templateIds: templates.map(({ id }) => id),
    }
    return sendPage(
      reply,
      page(
        '订阅消息（沙盒）',
        'subscribe',
        html`<body>
          <main class="sheet">
            <header>
              <h1>${world.config.merchantName} 想给您发消息</h1>
              <p class="badge"><b>沙盒 SANDBOX</b><span>允许一次，发一条</span></p>
            </header>
            <p class="problem" role="alert" hidden></p>
            <ul class="templates">
              ${templates.map(line)}
            </ul>
            <div class="choices">
              <button type="button" data-choice="reject">取消</button>
              <button type="button" data-choice="accept" class="accept">允许</button>
            </div>
          </main>
          ${pageData(back)}
        </body>`,
      ),
    )
  })
}
