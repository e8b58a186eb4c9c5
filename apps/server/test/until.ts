import assert from 'node:assert/strict'

/** Waits for news that travels between processes; two seconds at most, unless it is a long way. */
export async function until(done: () => Promise<boolean>, what: string, seconds = 2): Promise<void> {
  for (let i = 0; i < seconds * 50; i++) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.fail(`did not happen within ${seconds} s: ${what}`)
}

/** Did it fail, however it failed? */
export const fails = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => false,
    () => true,
  )
