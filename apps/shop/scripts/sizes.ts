import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const KB = 1024
/** Our own limit for what WeChat downloads before the first screen; its own is 2 MB. */
export const MAIN_PACKAGE_MAX = 800 * KB
/** WeChat refuses a larger sub-package. */
export const SUB_PACKAGE_MAX = 2048 * KB
/** JavaScript and CSS, compressed, that the home page makes a browser load (test/h5-size.test.ts measures it). */
export const H5_HOME_MAX = 160 * KB

/** Bytes of a built mini-program: the main package, and each sub-package by its root. */
export interface PackageSizes {
  main: number
  subPackages: Record<string, number>
}

/** Adds up a built mini-program as its platform does: every file counts towards the package that holds it. */
export function measureMiniProgram(dist: string): PackageSizes {
  const app = JSON.parse(readFileSync(path.join(dist, 'app.json'), 'utf8')) as {
    subPackages?: { root: string }[]
  }
  const roots = (app.subPackages ?? []).map(({ root }) => root)
  const sizes: PackageSizes = { main: 0, subPackages: Object.fromEntries(roots.map((root) => [root, 0])) }
  for (const file of globSync('**/*', { cwd: dist })) {
    const { size, isFile } = statOf(path.join(dist, file))
    if (!isFile || /\.LICENSE\.txt$|^project\.config\.json$/.test(file)) continue
    const root = roots.find((each) => file.startsWith(`${each}/`))
    if (root === undefined) sizes.main += size
    else sizes.subPackages[root] = (sizes.subPackages[root] ?? 0) + size
  }
  return sizes
}

const statOf = (place: string) => {
  const stat = statSync(place)
  return { size: stat.size, isFile: stat.isFile() }
}

/** Which limits a built mini-program breaks, in words; empty when none. */
export function sizeBreaches({ main, subPackages }: PackageSizes): string[] {
  const tooLarge = Object.entries(subPackages).filter(([, size]) => size > SUB_PACKAGE_MAX)
  return [
    ...(main > MAIN_PACKAGE_MAX ? [`main package ${inKb(main)}, at most ${inKb(MAIN_PACKAGE_MAX)}`] : []),
    ...tooLarge.map(([root, size]) => `${root} ${inKb(size)}, at most ${inKb(SUB_PACKAGE_MAX)}`),
  ]
}

/** Throws when a built mini-program is too large; otherwise says its sizes. */
export function checkMiniProgram(dist: string): string {
  const sizes = measureMiniProgram(dist)
  const breaches = sizeBreaches(sizes)
  if (breaches.length > 0) throw new Error(breaches.join('\n'))
  const parts = Object.entries(sizes.subPackages).map(([root, size]) => `${root} ${inKb(size)}`)
  return [`main package ${inKb(sizes.main)}`, ...parts].join(' · ')
}

const inKb = (bytes: number): string => `${(bytes / KB).toFixed(0)} KB`
