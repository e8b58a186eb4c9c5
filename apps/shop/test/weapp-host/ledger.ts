/** What went wrong in the app, in words: thrown, logged as an error, or refused by WeChat. */
export interface Ledger {
  errors: string[]
  report(error: unknown): void
  /** Runs the app's code; what it throws is written down instead of ending the test's process. */
  guard<T>(work: () => T): T | undefined
}

export function createLedger(): Ledger {
  const errors: string[] = []
  const report = (error: unknown) => void errors.push(inWords(error))
  return {
    errors,
    report,
    guard(work) {
      try {
        return work()
      } catch (error) {
        report(error)
        return undefined
      }
    },
  }
}

function inWords(error: unknown): string {
  if (Array.isArray(error)) return error.map(inWords).join(' ')
  // Not `instanceof`: the app's errors are made in another realm.
  if (typeof error === 'object' && error !== null && 'stack' in error) return String(error.stack)
  return String(error)
}
