import type { FEATURES, FloorPlan, StoreDetail, Zone } from '@linli/contract/stores'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Reader, Tx } from '#kernel/db'

export type FeatureName = (typeof FEATURES)[number]

/** A store as it is kept in memory: everything but what depends on the moment and the reader. */
export interface Store {
  id: string
  name: string
  district: string
  town: string
  address: string
  phone: string | null
  lng: number
  lat: number
  opensAt: string
  closesAt: string
  open: boolean
  slotMinutes: number
  slotCapacity: number
  pickupHint: string | null
  zones: Static<typeof Zone>[]
  floorPlan: Static<typeof FloorPlan>
  licences: Static<typeof StoreDetail>['licences']
  features: FeatureName[]
}

export const listStores = (db: Reader): Promise<Store[]> =>
  db
    .selectFrom('store')
    .select(['id', 'name', 'district', 'town', 'address', 'phone', 'lng', 'lat', 'open'])
    .select(['slot_minutes as slotMinutes', 'slot_capacity as slotCapacity', 'pickup_hint as pickupHint'])
    // The shapes of the three documents are checked where they are written: by the seed and by the console's routes.
    .select([
      sql<Store['zones']>`zones`.as('zones'),
      sql<Store['floorPlan']>`floor_plan`.as('floorPlan'),
      sql<Store['licences']>`licences`.as('licences'),
      sql<string>`to_char(opens_at, 'HH24:MI')`.as('opensAt'),
      sql<string>`to_char(closes_at, 'HH24:MI')`.as('closesAt'),
      sql<
        FeatureName[]
      >`array(select feature from store_feature where store_id = store.id order by feature)`.as('features'),
    ])
    .orderBy('id')
    .execute()

export const readChain = (db: Reader): Promise<{ name: string; icp: string | null } | undefined> =>
  db.selectFrom('chain').select(['name', 'icp']).executeTakeFirst()

export interface StoreValues {
  name: string
  phone: string | null
  address: string
  opensAt: string
  closesAt: string
  open: boolean
  slotMinutes: number
  slotCapacity: number
  pickupHint: string | null
}

/** What the console may change, locked, so that what is audited as "before" is what was there. */
export const lockStore = (tx: Tx, id: string): Promise<StoreValues | undefined> =>
  tx
    .selectFrom('store')
    .select(['name', 'phone', 'address', 'open'])
    .select([
      'slot_minutes as slotMinutes',
      'slot_capacity as slotCapacity',
      'pickup_hint as pickupHint',
      sql<string>`to_char(opens_at, 'HH24:MI')`.as('opensAt'),
      sql<string>`to_char(closes_at, 'HH24:MI')`.as('closesAt'),
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const updateStore = async (tx: Tx, id: string, values: StoreValues, at: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('store')
    .set({
      name: values.name,
      phone: values.phone,
      address: values.address,
      opens_at: values.opensAt,
      closes_at: values.closesAt,
      open: values.open,
      slot_minutes: values.slotMinutes,
      slot_capacity: values.slotCapacity,
      pickup_hint: values.pickupHint,
      updated_at: at,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False when the feature was on already. */
export const switchOn = async (tx: Tx, storeId: string, feature: string, at: Date): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('store_feature')
    .values({ store_id: storeId, feature, on_since: at })
    .onConflict((on) => on.columns(['store_id', 'feature']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False when the feature was off already. */
export const switchOff = async (tx: Tx, storeId: string, feature: string): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('store_feature')
    .where('store_id', '=', storeId)
    .where('feature', '=', feature)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
