// What becomes of an assist, decided on its locked row. Pure.

export const ASSIST_STATES = ['GATHERING', 'REACHED', 'EXPIRED'] as const
export type AssistState = (typeof ASSIST_STATES)[number]

export interface Assist {
  state: AssistState
  helps: number
  deadline: Date
}

/** One more friend; the last one makes the coupon due. */
export function assistOnce(assist: Assist, { at, helpers }: { at: Date; helpers: number }): Assist | 'over' {
  if (assist.state !== 'GATHERING' || at >= assist.deadline) return 'over'
  const helps = assist.helps + 1
  return { ...assist, helps, state: helps >= helpers ? 'REACHED' : 'GATHERING' }
}
