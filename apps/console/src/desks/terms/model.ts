import type { Tone } from '../../ui/state-tag.tsx'

/** What every version of terms says of itself, whatever it rules. */
export interface Version {
  id: string
  active: boolean
  since: string
  by: string
}

/** Whether a version holds now, will, or did. */
export const standingOf = (
  row: Pick<Version, 'id' | 'since'>,
  nowId: string | null,
  now: number,
): { word: string; tone: Tone } => {
  if (row.id === nowId) return { word: '现在', tone: 'done' }
  return Date.parse(row.since) > now ? { word: '还没到', tone: 'waiting' } : { word: '过去', tone: 'over' }
}

/** A whole number as it was typed; undefined where it is none, or out of bounds. */
export const whole = (typed: string, least: number, most: number): number | undefined => {
  const n = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : -1
  return n >= least && n <= most ? n : undefined
}

/** What is wrong first, of pairs of what must be there and what to say when it is not. Zero is there. */
export const firstFault = (faults: readonly (readonly [unknown, string])[]): string | undefined =>
  faults.find(([right]) => right === undefined || right === false)?.[1]

/** What to say when a version was taken: it holds, or waits for its moment. */
export const takenWords = (row: Pick<Version, 'since'>, now: number): string =>
  Date.parse(row.since) > now ? '排上了，到点自己换' : '从现在起按这一版'
