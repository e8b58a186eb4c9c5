import { useEffect } from 'react'
import { createCell } from '../models/cell'
import type { Promoting } from '../models/wire'
import { api, codeOf, memberSession } from './api'
import { keptCell, useCell } from './watch'

/** By whose link this telephone was opened, until it was said. The server decides what it counts for. */
const cameBy = keptCell<string | null>('ll.promoter', null)

/** Opened by a promoter's link or code. */
export async function notePromoter(key: string): Promise<void> {
  cameBy.set(key)
  await sayPromoter()
}

/** Says by whose link this member came, once they are one. Nothing of theirs depends on the answer. */
export async function sayPromoter(): Promise<void> {
  const key = cameBy.get()
  if (key === null || !memberSession.get()) return
  try {
    await api('POST /v1/promoter-bindings', { body: { key } })
    cameBy.set(null)
  } catch (error) {
    if (codeOf(error) !== null) cameBy.set(null)
  }
}

type Me = NonNullable<Promoting['me']>

/** How this member stands as a promoter, and whose standing that is; asked for once while the app runs. */
const standing = createCell<{ memberId: string; me: Me | null } | null>(null)

async function loadStanding(memberId: string): Promise<void> {
  if (standing.get()?.memberId === memberId) return
  try {
    const { me } = await api('GET /v1/promoter')
    standing.set({ memberId, me })
  } catch {
    // The next page asks again; only a hint hangs on it.
  }
}

/** Who promotes now sees what they would earn; null of everybody else, and until it is known. */
export function usePromoting(): Me | null {
  const memberId = useCell(memberSession)?.who.id
  useEffect(() => {
    if (memberId !== undefined) void loadStanding(memberId)
  }, [memberId])
  const known = useCell(standing)
  return known && known.memberId === memberId && known.me?.active ? known.me : null
}
