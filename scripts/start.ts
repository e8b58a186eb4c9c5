// npm start: a running shop with the demo chain, from a fresh clone or from yesterday's data.
import { runUntilStopped } from './run.ts'

await runUntilStopped()
