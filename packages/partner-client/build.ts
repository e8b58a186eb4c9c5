// npm run build -w @linli/partner-client: dist/ is what is published (npm publish packages/partner-client/dist). Built with plain tsc, of this package
// and of the files of the contract that it is typed from: whoever installs it needs the registry and no checkout of ours.
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const HERE = import.meta.dirname
const ROOT = path.join(HERE, '../..')
const MAIN = 'partner-client/src/index'

/** Builds into this folder, from nothing. */
export function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const tsc = path.join(ROOT, 'node_modules/.bin/tsc')
  execFileSync(tsc, ['-p', path.join(HERE, 'tsconfig.build.json'), '--outDir', folder], { stdio: 'inherit' })
  const {
    private: _,
    scripts: _scripts,
    ...own
  } = JSON.parse(readFileSync(path.join(HERE, 'package.json'), 'utf8')) as Record<string, unknown>
  const manifest = {
    ...own,
    exports: { types: `./${MAIN}.d.ts`, default: `./${MAIN}.js` },
    types: `./${MAIN}.d.ts`,
    sideEffects: false,
  }
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const file of [path.join(HERE, 'README.md'), path.join(ROOT, 'LICENSE')])
    cpSync(file, path.join(folder, path.basename(file)))
}

if (import.meta.main) build(path.join(HERE, 'dist'))
