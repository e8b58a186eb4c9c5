import { keptCell } from './watch'

/** 长辈模式: one class on every page's root, and a home of its own. */
export const elderFace = keptCell<boolean>('ll.elder', false)
