import assert from 'node:assert/strict'

/** Waits for news that travels between processes; two seconds at most. */
export async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.fail(`did not happen within two seconds: ${what}`)
}

/** Did it fail, however it failed? */
export const fails = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => false,
    () => true,
  )
