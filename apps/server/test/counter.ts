// What a clerk does at the counter, for tests.
import type { AllRoutes, Input, Output } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import type { LinliApi } from './world.ts'

const TAKE = 'POST /staff/v1/orders/:orderId/counter-payments'
export type TakeBody = NonNullable<Input<AllRoutes[typeof TAKE]>['body']>
export type Taken = Output<AllRoutes[typeof TAKE]>

/** Takes the sum in cash, put down exactly, unless something else is said. */
export const take = (
  clerk: LinliApi,
  { orderId, dueFen }: { orderId: string; dueFen: number },
  over: Partial<TakeBody> = {},
): Promise<Taken> =>
  clerk(TAKE, {
    params: { orderId },
    body: {
      idempotencyKey: randomUUID(),
      provider: 'cash',
      expectFen: dueFen,
      ...(over.provider === 'card' ? {} : { tenderedFen: dueFen }),
      ...over,
    },
  })

export const waitingAt = async (clerk: LinliApi, storeId = 'S01') =>
  (await clerk('GET /staff/v1/stores/:storeId/counter-refunds', { params: { storeId } })).items

export const handBack = (clerk: LinliApi, refundId: string, expectFen: number) =>
  clerk('POST /staff/v1/counter-refunds/:refundId/handing', { params: { refundId }, body: { expectFen } })
