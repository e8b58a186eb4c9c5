/** So many orders in a row that nobody paid, and the box is paused. */
export const LAPSES_AT_MOST = 2
