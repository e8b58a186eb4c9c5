import { keptCell } from './watch'

/** 大字版: one class on every page's root, and a home of its own. */
export const elderFace = keptCell<boolean>('ll.elder', false)
