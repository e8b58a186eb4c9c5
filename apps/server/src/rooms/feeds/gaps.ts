/** Numbers that were jumped over, from the first to the last of them. */
export interface Gap {
  from: number
  to: number
}
export interface Numbers {
  /** The highest number heard. */
  top: number
  /** In order, apart from each other, all below `top`. */
  gaps: readonly Gap[]
}

/** What is missing once these numbers, in any order and any number of times, have been heard as well. */
export function hear({ top, gaps }: Numbers, seqs: readonly number[]): Numbers {
  let open = [...gaps]
  let highest = top
  for (const seq of [...new Set(seqs)].sort((a, b) => a - b)) {
    if (seq > highest) {
      if (seq > highest + 1) open.push({ from: highest + 1, to: seq - 1 })
      highest = seq
    } else {
      open = open.flatMap((gap) => without(gap, seq))
    }
  }
  return { top: highest, gaps: open }
}

/** Was this number heard before? */
export const wasHeard = ({ top, gaps }: Numbers, seq: number): boolean =>
  seq <= top && !gaps.some(({ from, to }) => seq >= from && seq <= to)

const without = (gap: Gap, seq: number): Gap[] =>
  seq < gap.from || seq > gap.to
    ? [gap]
    : [
        { from: gap.from, to: seq - 1 },
        { from: seq + 1, to: gap.to },
      ].filter(({ from, to }) => from <= to)

/** What changed between two states of the list, to be written: by their first number. */
export function changesOf(before: readonly Gap[], after: readonly Gap[]): { gone: number[]; new: Gap[] } {
  const known = new Map(before.map(({ from, to }) => [from, to]))
  const wanted = new Map(after.map(({ from, to }) => [from, to]))
  return {
    gone: before.filter(({ from, to }) => wanted.get(from) !== to).map(({ from }) => from),
    new: after.filter(({ from, to }) => known.get(from) !== to),
  }
}
