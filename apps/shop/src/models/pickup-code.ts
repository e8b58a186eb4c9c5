/** The QR changes this often, so that a photograph of it is soon worth nothing; the digits, which are read aloud, stay. */
export const ROTATION_SECONDS = 30

/** Ten digits as they are read aloud: `8362 0517 49`. */
export function groupDigits(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** A code digit by digit, so that a screen reader does not say eight billion. */
export function spokenDigits(digits: string): string {
  return digits.split('').join(' ')
}

/** What is left of the QR on show, for the ring and the words beneath it. */
export interface RingState {
  secondsLeft: number
  /** 1 when just drawn, 0 when due. */
  share: number
  due: boolean
}

/**
 * Seconds left on a code. The phone's clock may be wrong by minutes, so the server's `now` at the time of the answer is
 * compared with the phone's clock then, and only the phone's elapsed time is trusted.
 */
export function ringAt(
  code: { validUntil: string; now: string },
  receivedAt: number,
  phoneNow: number,
): RingState {
  // The clock on the screen ticks once a second: a code that has just come may be newer than the tick.
  const elapsed = Math.max(0, phoneNow - receivedAt)
  const leftMs = Date.parse(code.validUntil) - Date.parse(code.now) - elapsed
  const secondsLeft = Math.max(0, Math.ceil(leftMs / 1000))
  return {
    secondsLeft,
    share: Math.min(1, Math.max(0, leftMs / (ROTATION_SECONDS * 1000))),
    due: leftMs <= 0,
  }
}

/** The SVG path of the ring that empties clockwise from the top: a rounded square drawn as one stroke. */
export function ringPath(size: number, stroke: number, radius: number): { path: string; length: number } {
  const near = stroke / 2
  const far = size - near
  const side = far - near - 2 * radius
  const arc = (x: number, y: number) => `A${radius} ${radius} 0 0 1 ${x} ${y}`
  const path = [
    `M${size / 2} ${near}H${far - radius}`,
    arc(far, near + radius),
    `V${far - radius}`,
    arc(far - radius, far),
    `H${near + radius}`,
    arc(near, far - radius),
    `V${near + radius}`,
    arc(near + radius, near),
    `H${size / 2}`,
  ].join('')
  return { path, length: 4 * side + 2 * Math.PI * radius }
}
