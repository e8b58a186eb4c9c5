import { createHash } from 'node:crypto'

export type ArmName = 'send' | 'hold'

/**
 * In which arm of a drop a member is, by lot: the same for ever, so that whoever was held back once is held back each time, and different from drop to drop, so
 * that nobody is held back of everything. `holdoutBp` in basis points.
 */
export function armOf(dropId: string, memberId: string, holdoutBp: number): ArmName {
  const lot = createHash('sha256').update(`${dropId} ${memberId}`).digest().readUInt32BE(0)
  return (lot / 4_294_967_296) * 10_000 < holdoutBp ? 'hold' : 'send'
}
