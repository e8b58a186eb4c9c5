import { globSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from './command.ts'
import { databaseTypes, openApi, partnerApi, staleness } from './generated.ts'
import { ROOT } from './settings.ts'
import type { Step } from './steps.ts'

const PROJECTS = [
  '{apps,packages}/*/tsconfig.json',
  'apps/*/*/tsconfig.json',
  '{bench,scripts,torture}/tsconfig.json',
]

const types: Step = {
  name: 'types',
  async run() {
    const projects = globSync(PROJECTS, { cwd: ROOT })
      .map((file) => path.dirname(file))
      .sort()
    let output = ''
    for (const project of projects) {
      const checked = await runCommand(['tsc', '-p', project])
      output += checked.ok ? '' : `tsc -p ${project}\n${checked.output}`
    }
    return {
      ok: output === '',
      output: output || `no type errors in ${projects.length} projects: ${projects.join(', ')}`,
    }
  },
}

const lint: Step = {
  name: 'lint',
  run: () => runCommand(['oxlint', '--type-aware', '-c', '.oxlintrc.json']),
}

const format: Step = {
  name: 'format',
  run: () => runCommand(['oxfmt', '--check']),
}

const generated: Step = {
  name: 'generated',
  async run() {
    const faults = (await Promise.all([databaseTypes, openApi, partnerApi].map(staleness))).filter(
      (fault) => fault !== undefined,
    )
    const files = `${[databaseTypes, openApi, partnerApi].map(({ file }) => file).join(', ')} are what their sources make`
    return { ok: faults.length === 0, output: faults.join('\n') || files }
  },
}

/** What npm run check looks at. */
export const checks: readonly Step[] = [types, lint, format, generated]
