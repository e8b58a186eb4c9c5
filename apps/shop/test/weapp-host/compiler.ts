// WeChat's own compilers of WXML and WXSS, which its developer tools run too. npm brings them as programs for some machines.
import { createRequire } from 'node:module'
import { globSync } from 'node:fs'
import path from 'node:path'

type Compile = (root: string, files: string[], wxs: string[], options: { maxBuffer: number }) => string
type CompileStyles = (
  root: string,
  files: string[],
  options: { maxBuffer: number },
) => Record<string, string> | Error

const require = createRequire(import.meta.url)
const OUTPUT_MAX = 64 * 1024 * 1024

/** Why WXML cannot be compiled on this machine, or null when it can. */
export function compilerMissing(): string | null {
  const { platform, arch } = process
  if (platform === 'linux' && arch !== 'x64') return `WeChat's compilers do not exist for Linux on ${arch}`
  return ['linux', 'darwin', 'win32'].includes(platform)
    ? null
    : `WeChat's compilers do not exist for ${platform}`
}

const filesOf = (root: string, ending: string) => globSync(`**/*${ending}`, { cwd: root }).sort()
const withoutEnding = (file: string) => file.slice(0, file.lastIndexOf('.')).replaceAll(path.sep, '/')

/** Every template of the package as one JavaScript program that defines `$gwx`. Throws with the place of a fault. */
export function compileWxml(root: string): string {
  const compile = require('miniprogram-compiler/src/wcc.js') as Compile
  const pages = filesOf(root, '.wxml').map(withoutEnding)
  return compile(root, pages, filesOf(root, '.wxs'), { maxBuffer: OUTPUT_MAX })
}

/** Every style sheet of the package as JavaScript by file, with `comm`, which must run first. Throws with the place of a fault. */
export function compileWxss(root: string): Record<string, string> {
  const compile = require('miniprogram-compiler/src/wcsc.js') as CompileStyles
  const sheets = compile(root, filesOf(root, '.wxss').map(withoutEnding), { maxBuffer: OUTPUT_MAX })
  if (sheets instanceof Error) throw sheets
  // The program prints its output as the inside of a JavaScript string.
  return Object.fromEntries(Object.entries(sheets).map(([file, text]) => [file, unescaped(text)]))
}

function unescaped(text: string): string {
  const plain: Record<string, string> = { n: '\n', t: '\t', r: '\r' }
  return text.replaceAll(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gis,
    (_, two: string | undefined, four: string | undefined, one: string | undefined) => {
      const code = two ?? four
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      return plain[one ?? ''] ?? one ?? ''
    },
  )
}
