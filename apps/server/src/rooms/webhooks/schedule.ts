/** Pauses after each try that did not arrive: quick at first, hours at last. Three days all in all. */
const PAUSES_S = [10, 30, 120, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 86_400] as const

/** Seconds until the next try; undefined when there is none any more: the message is dead. */
export const pauseAfter = (tries: number): number | undefined => PAUSES_S[tries - 1]

/** An endpoint where nothing arrived for so long is stopped. */
export const STOPPED_AFTER_S = 5 * 86_400

/** Did it arrive? Anything but a 2xx is no receipt; a redirect is not followed. */
export const arrived = (status: number | null): boolean => status !== null && status >= 200 && status < 300

/** A try waits so long for an answer. */
export const WITHIN_S = 10
/** Messages that one sender takes, and how many of them it sends side by side. */
export const AT_ONCE = 20
export const LANES = 4
/** So long they are nobody else's: longer than all of them may take, were none answered, or another sender would send the last of them too. */
export const LEASE_S = 60
