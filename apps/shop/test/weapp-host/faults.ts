import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compileWxml, compileWxss } from './compiler.ts'
import { componentsOf, CUSTOM_TAB_BAR, type WeappPackage } from './package.ts'

const PARTS_OF_A_PAGE = ['js', 'json', 'wxml']
const PICTURE = /["'`(]\/?((?:[\w-]+\/)+[\w.-]+\.(?:webp|png|jpe?g|gif|svg))["'`)]/g

/** What WeChat's tools would refuse, or a phone would miss, in words; empty for a sound package. Needs the compilers. */
export function faultsOf(weapp: WeappPackage): string[] {
  return [
    ...missingPages(weapp),
    ...missingTabs(weapp),
    ...missingComponents(weapp),
    ...missingPictures(weapp),
    ...compilerFaults(weapp, compileWxml),
    ...compilerFaults(weapp, compileWxss),
  ]
}

function missing({ root }: WeappPackage, files: string[], why: string): string[] {
  return files
    .filter((file) => !existsSync(path.join(root, file)))
    .map((file) => `${file} is missing: ${why}`)
}

const partsOf = (route: string) => PARTS_OF_A_PAGE.map((part) => `${route}.${part}`)

function missingPages(weapp: WeappPackage): string[] {
  return weapp.pages.flatMap((page) => missing(weapp, partsOf(page), 'app.json names the page'))
}

function missingTabs(weapp: WeappPackage): string[] {
  const { pages, tabBar } = weapp.app
  if (!tabBar) return []
  const strangers = weapp.tabs.filter((tab) => !pages.includes(tab))
  const icons = tabBar.list.flatMap(({ iconPath, selectedIconPath }) => [iconPath, selectedIconPath])
  return [
    ...strangers.map((tab) => `${tab} is a tab, but no page of the main package`),
    ...missing(
      weapp,
      icons.filter((icon) => icon !== undefined),
      'an icon of the tab bar',
    ),
    ...(tabBar.custom === true ? missing(weapp, partsOf(CUSTOM_TAB_BAR), 'the tab bar is custom') : []),
  ]
}

function missingComponents(weapp: WeappPackage): string[] {
  return globSync('**/*.wxml', { cwd: weapp.root })
    .map((file) => file.slice(0, -'.wxml'.length).replaceAll(path.sep, '/'))
    .filter((route) => existsSync(path.join(weapp.root, `${route}.json`)))
    .flatMap((route) =>
      Object.values(componentsOf(weapp, route)).flatMap((component) =>
        missing(weapp, partsOf(component), `${route} uses it`),
      ),
    )
}

/** Pictures of the package that its code names; a picture of the server has another address. */
function missingPictures(weapp: WeappPackage): string[] {
  return globSync('**/*.{js,wxml,wxss}', { cwd: weapp.root }).flatMap((file) => {
    const named = [...readFileSync(path.join(weapp.root, file), 'utf8').matchAll(PICTURE)]
    return missing(weapp, [...new Set(named.map(([, picture = '']) => picture))], `${file} shows it`)
  })
}

function compilerFaults({ root }: WeappPackage, compile: (root: string) => unknown): string[] {
  try {
    compile(root)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message.trim() : String(error)]
  }
}
