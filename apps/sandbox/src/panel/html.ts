/** The little HTML the pages need: escaping by default, one frame around every page. */

/** Text that is already HTML. */
export type Html = { html: string }

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

type Part = Html | string | number | Part[]

const render = (part: Part): string => {
  if (Array.isArray(part)) return part.map(render).join('')
  return typeof part === 'object' ? part.html : escapeText(String(part))
}

/** A template whose values are escaped unless they are HTML themselves. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: texts.map((text, at) => text + (at < parts.length ? render(parts[at] ?? '') : '')).join(''),
})

/** Data for a page's script, safe inside a script element. */
export const pageData = (data: unknown): Html => ({
  html: `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', String.raw`\u003c`)}</script>`,
})

/** A whole document with its own stylesheet and script. */
export const page = (title: string, name: string, body: Html): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="/assets/mark.svg" />
        <link rel="stylesheet" href="/assets/tokens.css" />
        <link rel="stylesheet" href="/assets/${name}.css" />
        <script type="module" src="/assets/${name}.js"></script>
      </head>
      ${body}
    </html>`.html

/** Fen as the shop prints money: small sign, large yuan, small fen. */
export const priceHtml = (fen: number): Html => {
  const yuan = Math.floor(fen / 100)
  const rest = String(fen % 100).padStart(2, '0')
  return html`<span class="price" aria-label="${yuan} 元 ${rest} 分"
    ><i>¥</i><b>${yuan.toLocaleString('en-US')}</b><i>.${rest}</i></span
  >`
}
