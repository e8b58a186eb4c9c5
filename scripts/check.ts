// npm run check: types, lint, format, and generated files.
import { checks } from './checks.ts'
import { say } from './progress.ts'
import { runSteps } from './steps.ts'

const failed = await runSteps(checks)
say(failed.length === 0 ? 'check: passed' : `check: FAILED (${failed.join(', ')})`)
process.exit(failed.length === 0 ? 0 : 1)
