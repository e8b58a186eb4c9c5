import { randomBytes } from 'node:crypto'
import type { LinliApi, Shopper, World } from './world.ts'

/** A telephone that was never seen. */
export const phone = (): string => randomBytes(12).toString('hex')

export const STORE = 'S01'

/** Neighbours who pass apples on. `first` is the number of the first of them at the sandbox. */
export async function createSharing(world: World, first: number) {
  const { items } = await world.api('GET /v1/stores/:storeId/products', {
    params: { storeId: STORE },
    query: { q: '苹果' },
  })
  const productId = items[0]?.id ?? ''
  const subject = { kind: 'product', id: productId }
  let number = first
  return {
    subject,
    somebody: (): Promise<Shopper> => world.member(`shopper-0${number++}`),
    /** The key of their share. */
    pass: async ({ api }: Pick<Shopper, 'api'>, device = phone(), what = subject): Promise<string> =>
      (await api('POST /v1/shares', { body: { storeId: STORE, subject: what, device } })).key,
    open: (api: LinliApi, key: string, device = phone()) =>
      api('POST /v1/share-opens', { body: { key, device } }),
  }
}
export type Sharing = Awaited<ReturnType<typeof createSharing>>
