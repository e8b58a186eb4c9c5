/** Says what is going on to people who wait: a line when a step is done, and a sign of life while it lasts. */
const SIGN_OF_LIFE_MS = 5_000
const NAME_WIDTH = 10

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** Runs one step. `doing` says what takes so long, `tell` what came of it. */
export async function step<T>(
  name: string,
  doing: string,
  work: () => Promise<T>,
  tell: (result: T) => string,
): Promise<T> {
  const began = performance.now()
  const label = name.padEnd(NAME_WIDTH)
  const ticking = setInterval(
    () => say(`  …  ${label} ${doing}, ${Math.round((performance.now() - began) / 1000)} s`),
    SIGN_OF_LIFE_MS,
  )
  try {
    const result = await work()
    say(`  ok ${label} ${tell(result)} (${seconds(performance.now() - began)})`)
    return result
  } catch (error) {
    say(`  !! ${label} failed after ${seconds(performance.now() - began)}`)
    throw error
  } finally {
    clearInterval(ticking)
  }
}

/** Runs a script: what goes wrong is said in its own words, and ends it with a failure. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
