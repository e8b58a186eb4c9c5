import type { Instance } from './instance.ts'

/** One element of a page as the view would draw it, after templates and components are resolved. */
export interface ViewNode {
  /** `view`, `text`, `image` … without WeChat's prefix. */
  tag: string
  attributes: Record<string, unknown>
  parent: ViewNode | null
  children: (ViewNode | string)[]
  /** Whose methods its handlers name. */
  owner: Instance
}

export const textAttribute = (node: ViewNode, name: string): string => {
  const value = node.attributes[name]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
export const classesOf = (node: ViewNode): string[] =>
  textAttribute(node, 'class').split(/\s+/).filter(Boolean)
export const roleOf = (node: ViewNode): string => textAttribute(node, 'ariaRole')
const isHidden = (node: ViewNode) => textAttribute(node, 'ariaHidden') === 'true'

/** Every element, in the order of the document. */
export function* everyNode(node: ViewNode): Generator<ViewNode> {
  yield node
  for (const child of node.children) if (typeof child !== 'string') yield* everyNode(child)
}

/** What a screen reader says for an element: its label, or else the words in it that are not hidden. */
export function spoken(node: ViewNode): string {
  if (isHidden(node)) return ''
  const label = textAttribute(node, 'ariaLabel')
  if (label !== '') return label
  if (node.tag === 'input' || node.tag === 'textarea') return textAttribute(node, 'value')
  return node.children
    .map((child) => (typeof child === 'string' ? child : spoken(child)))
    .join('')
    .trim()
}

/** All words on the page, hidden from screen readers or not. */
export function words(node: ViewNode): string {
  return node.children.map((child) => (typeof child === 'string' ? child : words(child))).join('')
}

export interface Wanted {
  tag?: string
  role?: string
  name?: string | RegExp
  class?: string
}

/** All elements that fit. */
export function findAll(root: ViewNode, { tag, role, name, class: className }: Wanted): ViewNode[] {
  return [...everyNode(root)].filter(
    (node) =>
      (tag === undefined || node.tag === tag) &&
      (role === undefined || roleOf(node) === role) &&
      (className === undefined || classesOf(node).includes(className)) &&
      (name === undefined || (typeof name === 'string' ? spoken(node) === name : name.test(spoken(node)))),
  )
}

/** The one element that fits; otherwise an error that says what can be pressed on the page. */
export function find(root: ViewNode, wanted: Wanted): ViewNode {
  const found = findAll(root, wanted)
  const [only] = found
  if (only && found.length === 1) return only
  const there = [...everyNode(root)]
    .filter((node) => roleOf(node) !== '')
    .map((node) => `${roleOf(node)} 「${spoken(node)}」`)
  const what = JSON.stringify(wanted, (_, value: unknown) =>
    value instanceof RegExp ? String(value) : value,
  )
  throw new Error(`${found.length} elements fit ${what}. The page has:\n${there.join('\n')}`)
}
