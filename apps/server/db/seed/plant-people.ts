import type pg from 'pg'
import { foundChain } from '../found/chain.ts'
import type { Secrets } from '../../src/kernel/secrets.ts'
import { sealedPhone } from '../../src/rooms/members/phone.ts'
import { hashPassword } from '../../src/rooms/staff/passwords.ts'
import { CHAIN, FLOOR_PLAN, licencesOf, SHELF_ZONES, STORES } from './chain.ts'
import { seedId } from './ids.ts'
import { insertRows } from '../rows.ts'
import { MEMBERS } from './shoppers.ts'
import { DEMO_PASSWORD, STAFF } from './staff.ts'
import { ZONES } from './zones.ts'

/** The chain, its stores and its categories, by the way that a real chain begins. */
export async function plantChain(client: pg.Client): Promise<void> {
  await foundChain(client, {
    ...CHAIN,
    zones: [...SHELF_ZONES],
    categories: ZONES.map(({ code, name }) => ({ code, name, zone: code })),
    stores: STORES.map(({ id, features, ...store }) => ({
      code: id,
      ...store,
      features: [...features],
      floorPlan: FLOOR_PLAN,
      licences: licencesOf({ id, districtCode: store.districtCode }),
    })),
  })
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

/** Phones are sealed as a binding seals them; without the key to do so nobody has one. */
export async function plantMembers(client: pg.Client, secrets: Secrets | undefined): Promise<void> {
  await insertRows(
    client,
    'member',
    { id: 'uuid', nickname: 'text', joined_at: 'timestamptz' },
    MEMBERS.map(({ id, nickname, joinedAt }) => ({ id, nickname, joined_at: joinedAt })),
  )
  for (const { id, phone } of secrets ? MEMBERS : []) {
    if (!secrets || phone === null) continue
    const { cipher, hash, tail } = sealedPhone(secrets, id, phone)
    await client.query(
      'update member set phone_cipher = $2, phone_hash = $3, phone_tail = $4 where id = $1',
      [id, cipher, hash, tail],
    )
  }
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
