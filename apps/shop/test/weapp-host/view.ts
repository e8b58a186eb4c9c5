import vm from 'node:vm'
import { compileWxml } from './compiler.ts'
import type { Definition, Instance } from './instance.ts'
import type { ViewNode } from './tree.ts'

/** What the compiled templates give back. */
interface Drawn {
  tag: string
  attr?: Record<string, unknown>
  children?: (Drawn | string | number)[]
}
type Draw = (data: unknown) => Drawn

/** The component behind an element of `owner`, freshly made; null for WeChat's own elements. */
export type Components = (
  owner: Instance,
  tag: string,
) => { definition: Definition; instance: Instance } | null

export interface View {
  /** The page or component as a tree of elements, drawn from its data as it is now. */
  draw(instance: Instance, components: Components): ViewNode
  /** What the templates complained about: a template that is missing, a file that is not there. */
  warnings: string[]
}

// Left by the compiler around slots and virtual elements; the screen never shows them.
const WRAPPERS = ['virtual', 'wx-wx-scope', 'wx-template', 'wx-block']

// One package is looked at by many tests, and compiling is the slow part of opening it.
const programs = new Map<string, vm.Script>()

function programOf(root: string): vm.Script {
  const known = programs.get(root)
  if (known) return known
  const program = new vm.Script(`(function (window) {${compileWxml(root)}\nreturn $gwx })({})`)
  programs.set(root, program)
  return program
}

/** The view of a package: WeChat's compiled templates in a realm of their own, as the view has its own thread. */
export function openView(root: string): View {
  const warnings: string[] = []
  const note = (...said: unknown[]) => void warnings.push(said.map(String).join(' '))
  const context = vm.createContext({ console: { log: note, warn: note, error: note }, __wxAppCode__: {} })
  const templates = programOf(root).runInContext(context) as (file: string) => Draw | undefined
  // The compiled code looks at constructors, so data must be made of this realm's objects.
  const parse = vm.runInContext('JSON.parse', context) as (text: string) => unknown

  const draw = (instance: Instance, components: Components): ViewNode => {
    const render = templates(`${instance.route}.wxml`)
    if (!render) throw new Error(`${instance.route}.wxml is not in the compiled view`)
    const top: ViewNode = { tag: 'page', attributes: {}, parent: null, children: [], owner: instance }
    grow(top, render(parse(JSON.stringify(instance.data))), instance, components)
    return top
  }

  const grow = (into: ViewNode, drawn: Drawn, owner: Instance, components: Components) => {
    for (const child of drawn.children ?? []) {
      if (typeof child !== 'object') into.children.push(String(child))
      else if (WRAPPERS.includes(child.tag)) grow(into, child, owner, components)
      else plant(into, child, owner, components)
    }
  }

  const plant = (into: ViewNode, drawn: Drawn, owner: Instance, components: Components) => {
    const tag = drawn.tag.replace(/^wx-/, '')
    const component = components(owner, tag)
    const node: ViewNode = { tag, attributes: drawn.attr ?? {}, parent: into, children: [], owner }
    if (!component) {
      into.children.push(node)
      return grow(node, drawn, owner, components)
    }
    Object.assign(component.instance.data, propertiesOf(component.definition, node.attributes))
    // A virtual host has no element of its own: its content stands where it stood.
    const isVirtual = component.definition.options?.virtualHost === true
    if (!isVirtual) into.children.push(node)
    const place = isVirtual ? into : node
    for (const child of draw(component.instance, components).children) {
      if (typeof child !== 'string') child.parent = place
      place.children.push(child)
    }
  }
  return { draw, warnings }
}

function propertiesOf(definition: Definition, given: Record<string, unknown>): Record<string, unknown> {
  const declared = Object.entries(definition.properties ?? {})
  return Object.fromEntries(declared.map(([name, { value }]) => [name, given[name] ?? value]))
}
