import { businessDay } from '#kernel/clock'

/** Numbers a day has: seven digits. */
export const NUMBER_SPACE = 10_000_000

/** ISO 7064 MOD 11,10: tells a mistyped digit and nearly every swap of neighbours. */
export function checkDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}
export const isOrderNumber = (text: string): boolean =>
  /^\d{16}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1)

export interface OrderNumbers {
  /** Day, seven digits that tell nothing, check digit: 16 digits, unique over all processes. */
  next(at: Date): Promise<string>
}

const BLOCK = 512
const LOW = 256

/** Takes counter values in blocks, the next one before the last is used up, so that placing an order does not wait for its number. */
export function createNumbers(
  shuffle: (value: number) => number,
  take: (count: number) => Promise<number[]>,
): OrderNumbers {
  const ready: number[] = []
  let coming: Promise<void> | undefined
  const fetch = (): Promise<void> =>
    (coming ??= take(BLOCK)
      .then((values) => void ready.push(...values))
      .finally(() => {
        coming = undefined
      }))
  return {
    async next(at) {
      while (ready.length === 0) await fetch()
      const value = ready.pop() as number
      if (ready.length < LOW) fetch().catch(() => undefined) // whoever finds nothing left hears of the trouble
      const body = businessDay(at).replaceAll('-', '') + String(shuffle(value)).padStart(7, '0')
      return body + checkDigit(body)
    },
  }
}
