import type { Staff, Store } from '../../models/wire'
import { listStores } from '../../services/place'
import { keptCell } from '../../services/watch'

/** The store that this clerk works in today. */
export const staffStore = keptCell<{ id: string; name: string } | null>('ll.staff.store', null)

/** Stores this clerk may work in: their own, or all for head office. */
export async function storesOf(staff: Staff): Promise<Store[]> {
  const all = await listStores()
  const { storeIds } = staff
  return storeIds === null ? all : all.filter((store) => storeIds.includes(store.id))
}
