/**
 * Keeps one idempotency key per wish. The same basket sent again (a double tap, a lost answer) carries the same key and
 * gets the first answer; a changed basket is another wish and gets a new one, since the server refuses a reused key.
 */
export function createOrderKey(newKey: () => string): (wish: unknown) => string {
  let last = ''
  let key = ''
  return (wish) => {
    const text = JSON.stringify(wish)
    if (text !== last) {
      last = text
      key = newKey()
    }
    return key
  }
}

/** A random key of 26 letters and digits; mini-programs have no `crypto`, and a key only has to be unique per member. */
export function randomKey(now: number, random: () => number = Math.random): string {
  const letters = Array.from({ length: 17 }, () => Math.floor(random() * 36).toString(36)).join('')
  return `${now.toString(36).padStart(9, '0')}${letters}`
}
