import { readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

type Module = { exports: unknown }

/** Where the package's code runs: JavaScript and nothing else. No `window`, no `fetch`, no `URL`, no Node. */
export interface Realm {
  /** Runs a file of the package once and returns what it exports. */
  load(file: string): unknown
  /** A deep copy made of this realm's own objects, as data has that crossed from WeChat's native side. */
  copy<T>(value: T): T
}

// Not on every phone that runs mini-programs; Node has them all.
const MISSING_ON_PHONES = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'Intl']

/** Opens a realm whose globals are `globals`. `require` reaches the package's files only, and no text becomes code. */
export function openRealm(root: string, globals: Record<string, unknown>): Realm {
  const context = vm.createContext({ ...globals }, { codeGeneration: { strings: false, wasm: false } })
  for (const name of MISSING_ON_PHONES) vm.runInContext(`delete globalThis.${name}`, context)
  const parse = vm.runInContext('JSON.parse', context) as (text: string) => unknown
  const modules = new Map<string, Module>()

  const load = (file: string): unknown => {
    const known = modules.get(file)
    if (known) return known.exports
    const module: Module = { exports: {} }
    modules.set(file, module)
    const need = (wanted: string) => {
      const found = path.resolve(path.dirname(file), wanted.endsWith('.js') ? wanted : `${wanted}.js`)
      if (!found.startsWith(root + path.sep))
        throw new Error(`${file} requires ${wanted}, outside the package`)
      return load(found)
    }
    const run = vm.compileFunction(readFileSync(file, 'utf8'), ['module', 'exports', 'require'], {
      filename: file,
      parsingContext: context,
    }) as (module: Module, exports: unknown, require: (wanted: string) => unknown) => void
    run(module, module.exports, need)
    return module.exports
  }
  return {
    load: (file) => load(path.resolve(root, file)),
    copy: <T>(value: T) => (value === undefined ? value : (parse(JSON.stringify(value)) as T)),
  }
}
