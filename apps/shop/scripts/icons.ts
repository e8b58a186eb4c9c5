/**
 * Writes src/styles/icons.scss from the drawn sprite. Icons are masks filled with `currentColor`: one way for every
 * target (mini-programs have no inline SVG), they take the colour of the words beside them, and the shapes live in the
 * style sheet instead of travelling with every `setData`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const sprite = readFileSync(path.join(root, 'assets/icons.svg'), 'utf8')
const STROKE = 'fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round"'

const uri = (svg: string) =>
  `url("data:image/svg+xml,${encodeURIComponent(svg).replace(/%20/g, ' ').replace(/%2F/g, '/').replace(/%3D/g, '=').replace(/'/g, '%27')}")`
const attribute = (head: string, name: string) => new RegExp(`${name}="([^"]+)"`).exec(head)?.[1] ?? ''
const symbols = [...sprite.matchAll(/<symbol([^>]*)>(.*?)<\/symbol>/gs)].map(([, head = '', shape = '']) => ({
  id: attribute(head, ' id'),
  viewBox: attribute(head, ' viewBox'),
  shape,
}))
// The floor plan is drawn from each store's own data (models/floor-plan.ts), not from the sprite.
const icons = symbols.filter(({ id }) => id !== 'floor' && id !== 'mark')
const mark = symbols.find(({ id }) => id === 'mark')
if (icons.length < 40 || !mark) throw new Error('the sprite is not readable')

const svgOf = ({ viewBox, shape }: { viewBox: string; shape: string }, attributes: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" ${attributes}>${shape}</svg>`
const rules = icons.map(
  (icon) => `.ll-icon-${icon.id} {\n  --ll-shape: ${uri(svgOf(icon, `${STROKE} stroke-width="1.75"`))};\n}`,
)
const header =
  '/* Written by scripts/icons.ts from assets/icons.svg: change the sprite, then run `npm run icons`. */'
const marked = `.ll-mark {\n  background: ${uri(svgOf(mark, ''))} center / contain no-repeat;\n}`
writeFileSync(path.join(root, 'src/styles/icons.scss'), [header, marked, ...rules, ''].join('\n'))
const names = icons.map(({ id }) => `  | '${id}'`).join('\n')
writeFileSync(
  path.join(root, 'src/components/icon-names.ts'),
  `// Written by scripts/icons.ts from assets/icons.svg.\nexport type IconName =\n${names}\n`,
)
