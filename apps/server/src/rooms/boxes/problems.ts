import { problem } from '#kernel/problem'

export const boxMissing = problem('boxes.missing', 404, 'there is no such box of this member')
export const noBox = problem('boxes.no_box', 409, 'this campaign sells no boxes')
export const boxEnded = problem('boxes.ended', 409, 'the box is over')
export const boxesFull = problem('boxes.full', 409, 'the store packs no more boxes every week')
export const tooMany = problem('boxes.too_many', 409, 'a member may not have so many boxes every week')
export const weekUnknown = problem('boxes.week_unknown', 404, 'this box has no such week that is yet to come')
export const weekPlaced = problem('boxes.week_placed', 409, 'the order of this week is placed already')
