import { problem } from '#kernel/problem'

export const pointsUnusable = problem('points.unusable', 409, 'these points cannot be used here')
export const cursorInvalid = problem('points.cursor_invalid', 400, 'the cursor is not one of ours')
