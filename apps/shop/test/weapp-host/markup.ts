import { textAttribute, type ViewNode } from './tree.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const SIZES: Record<string, string> = {
  aspectFill: 'background-size: cover; background-position: center',
  aspectFit: 'background-size: contain; background-position: center',
  scaleToFill: 'background-size: 100% 100%',
}
const SPOKEN = {
  ariaRole: 'role',
  ariaLabel: 'aria-label',
  ariaHidden: 'aria-hidden',
  ariaChecked: 'aria-checked',
  ariaSelected: 'aria-selected',
  ariaDisabled: 'aria-disabled',
}

/**
 * A page as HTML, in WeChat's own element names. `nodes` collects the elements in order; `data-node` is the place in it, by
 * which a tap in the picture finds its way back.
 */
export function toHtml(page: ViewNode, nodes: ViewNode[]): string {
  return page.children
    .map((child) => (typeof child === 'string' ? escaped(child) : element(child, nodes)))
    .join('')
}

function element(node: ViewNode, nodes: ViewNode[]): string {
  const number = nodes.push(node) - 1
  const spoken = Object.entries(SPOKEN).map(([name, attribute]) =>
    given(attribute, textAttribute(node, name)),
  )
  const attributes = [
    `data-node="${number}"`,
    given('id', textAttribute(node, 'id')),
    given('class', textAttribute(node, 'class')),
    given('style', styleOf(node)),
    ...spoken,
  ]
  if (textAttribute(node, 'autoHeight') === 'true') attributes.push('auto-height')
  return `<wx-${node.tag} ${attributes.filter(Boolean).join(' ')}>${inside(node, nodes)}</wx-${node.tag}>`
}

const given = (name: string, value: string) => (value === '' ? '' : `${name}="${escaped(value)}"`)

function styleOf(node: ViewNode): string {
  const style = textAttribute(node, 'style')
  if (node.tag !== 'swiper-item') return style
  // The view stands at its first picture, like a carousel that nobody has turned.
  const siblings =
    node.parent?.children.filter((child) => typeof child !== 'string' && child.tag === node.tag) ?? []
  return `${style}; transform: translateX(${siblings.indexOf(node) * 100}%)`
}

function inside(node: ViewNode, nodes: ViewNode[]): string {
  const value = textAttribute(node, 'value')
  if (node.tag === 'image') {
    const size = SIZES[textAttribute(node, 'mode')] ?? SIZES['scaleToFill']
    const source = textAttribute(node, 'src')
    return source === ''
      ? ''
      : `<div style="${size}; background-image: url(&quot;${escaped(source)}&quot;)"></div>`
  }
  if (node.tag === 'input') {
    const type = textAttribute(node, 'password') === 'true' ? 'password' : 'text'
    return `${placeholder(node, value)}<input type="${type}" value="${escaped(value)}" aria-label="${escaped(textAttribute(node, 'ariaLabel'))}">`
  }
  if (node.tag === 'textarea') return value === '' ? placeholder(node, value) : escaped(value)
  return toHtml(node, nodes)
}

function placeholder(node: ViewNode, value: string): string {
  const words = textAttribute(node, 'placeholder')
  const look = textAttribute(node, 'placeholderClass')
  return value === '' && words !== '' ? `<div class="${escaped(look)}">${escaped(words)}</div>` : ''
}
