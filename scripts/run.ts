import { type Linli, startLinli } from './linli.ts'
import { say, seconds } from './progress.ts'
import { readSettings } from './settings.ts'

const SAME_CTRL_C_MS = 500

/**
 * Starts the shop, says where it is, and stays until Ctrl-C, a signal, or the end of the process that started us. Then
 * it stops everything in good order; a second Ctrl-C does not wait for that.
 */
export async function runUntilStopped(
  options: { whileRunning?: (linli: Linli) => void; serverMayEnd?: boolean } = {},
): Promise<void> {
  const stopping = new AbortController()
  const askedToStop = new Promise<undefined>((resolve) => {
    let askedAt = Infinity
    const ask = () => {
      // One Ctrl-C arrives twice: from the terminal, and from setup.mjs, which passes on what it gets.
      if (performance.now() - askedAt > SAME_CTRL_C_MS) process.exit(1)
      askedAt = Math.min(askedAt, performance.now())
      stopping.abort()
      resolve(undefined)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
    if (process.connected) process.on('disconnect', ask)
  })
  try {
    say('邻里 Linli')
    const linli = await Promise.race([startLinli(readSettings(), stopping.signal), askedToStop])
    if (!linli) throw new Error('stopped before it was ready')
    welcome(linli)
    options.whileRunning?.(linli)
    const fatal = options.serverMayEnd ? [linli.sandboxEnded] : [linli.sandboxEnded, linli.serverEnded]
    const broken = await Promise.race([...fatal, askedToStop])
    say(broken ? `\n${broken}\nstopping` : '\nstopping')
    await linli.stop()
    process.exit(broken ? 1 : 0)
  } catch (error) {
    stopping.abort()
    say(`\n${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

function welcome({ origin, sandboxOrigin }: Linli): void {
  const began = Number(process.env['LINLI_BEGAN']) || performance.timeOrigin
  say('')
  say(`  shop            ${origin}/`)
  say(
    `  console         ${origin}/console/${sandboxOrigin ? '         hq · s01 · clerk01, password linli-demo' : ''}`,
  )
  say(`  API reference   ${origin}/docs`)
  if (sandboxOrigin) say(`  sandbox panel   ${sandboxOrigin}/`)
  say(`\nready in ${seconds(performance.timeOrigin + performance.now() - began)}  ·  Ctrl-C stops it`)
}
