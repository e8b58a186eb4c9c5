import type pg from 'pg'
import { hashPassword } from '../../src/rooms/staff/passwords.ts'
import { CHAIN, FLOOR_PLAN, licencesOf, SHELF_ZONES, STORES } from './chain.ts'
import { seedId } from './ids.ts'
import { insertRows } from './rows.ts'
import { MEMBERS } from './shoppers.ts'
import { DEMO_PASSWORD, STAFF } from './staff.ts'

export async function plantStores(client: pg.Client): Promise<void> {
  await client.query('insert into chain (name, icp) values ($1, $2)', [CHAIN.name, CHAIN.icp])
  await insertRows(
    client,
    'store',
    {
      id: 'text',
      name: 'text',
      district: 'text',
      district_code: 'text',
      town: 'text',
      address: 'text',
      phone: 'text',
      lng: 'float8',
      lat: 'float8',
      opens_at: 'time',
      closes_at: 'time',
      slot_capacity: 'int',
      pickup_hint: 'text',
      zones: 'jsonb',
      floor_plan: 'jsonb',
      licences: 'jsonb',
    },
    STORES.map((store) => ({
      id: store.id,
      name: store.name,
      district: store.district,
      district_code: store.districtCode,
      town: store.town,
      address: store.address,
      phone: store.phone,
      lng: store.lng,
      lat: store.lat,
      opens_at: store.opensAt,
      closes_at: store.closesAt,
      slot_capacity: store.slotCapacity,
      pickup_hint: store.pickupHint,
      zones: JSON.stringify(SHELF_ZONES),
      floor_plan: JSON.stringify(FLOOR_PLAN),
      licences: JSON.stringify(licencesOf(store)),
    })),
  )
  await insertRows(
    client,
    'store_feature',
    { store_id: 'text', feature: 'text' },
    STORES.flatMap(({ id, features }) => features.map((feature) => ({ store_id: id, feature }))),
  )
}

export async function plantStaff(client: pg.Client): Promise<void> {
  const accounts = await Promise.all(
    STAFF.map(async (one) => ({
      ...one,
      id: seedId(`staff ${one.account}`),
      hash: await hashPassword(DEMO_PASSWORD),
    })),
  )
  await insertRows(
    client,
    'staff',
    { id: 'uuid', account: 'text', name: 'text', role: 'text', password_hash: 'text', demo: 'bool' },
    accounts.map(({ id, account, name, role, hash }) => ({
      id,
      account,
      name,
      role,
      password_hash: hash,
      demo: true,
    })),
  )
  await insertRows(
    client,
    'staff_store',
    { staff_id: 'uuid', store_id: 'text' },
    accounts.flatMap(({ id, storeId }) => (storeId === null ? [] : [{ staff_id: id, store_id: storeId }])),
  )
}

export async function plantMembers(client: pg.Client): Promise<void> {
  await insertRows(
    client,
    'member',
    { id: 'uuid', nickname: 'text', joined_at: 'timestamptz' },
    MEMBERS.map(({ id, nickname, joinedAt }) => ({ id, nickname, joined_at: joinedAt })),
  )
  await insertRows(
    client,
    'member_identity',
    { provider: 'text', subject: 'text', member_id: 'uuid', created_at: 'timestamptz' },
    MEMBERS.map(({ id, openid, joinedAt }) => ({
      provider: 'wechat',
      subject: openid,
      member_id: id,
      created_at: joinedAt,
    })),
  )
}
