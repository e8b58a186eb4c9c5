import { createCell } from '../models/cell'
import type { PaymentParams, SubscribeAnswer, TransferParams } from '../models/wire'
import { setupNow } from './setup'
import { say } from './toast'

export type PaySheetResult = 'ok' | 'cancelled' | 'failed'

/** A page of the sandbox to lay over this one: it plays WeChat where there is none. */
export interface Overlay {
  title: string
  address: string
  closed: () => void
}
export const overlay = createCell<Overlay | null>(null)

/** Asks the shopper whom to sign in as, on the sandbox's page; null when they close it. */
export async function wechatCode(): Promise<string | null> {
  const { sandbox } = await setupNow()
  if (!sandbox) {
    say('请在微信小程序里登录')
    return null
  }
  const told = await openOverlay('演示登录', `${sandbox.origin}/login`, {}, sandbox.origin, 'linli-login')
  return typeof told?.['code'] === 'string' ? told['code'] : null
}

/** Opens the sandbox's cashier. Its answer is a hint: only the server knows whether money moved. */
export async function openCashier(params: PaymentParams): Promise<PaySheetResult> {
  const { sandbox } = await setupNow()
  if (!sandbox) return 'failed'
  const told = await openOverlay(
    '收银台',
    `${sandbox.origin}/cashier`,
    { ...params },
    sandbox.origin,
    'linli-cashier',
  )
  if (told?.['result'] === 'ok') return 'ok'
  return told?.['result'] === 'fail' ? 'failed' : 'cancelled'
}

/** The sandbox's page for 确认收款. What became of the money only the server knows. */
export async function confirmTransfer(params: TransferParams): Promise<PaySheetResult> {
  const { sandbox } = await setupNow()
  if (!sandbox) return 'failed'
  const told = await openOverlay(
    '确认收款',
    `${sandbox.origin}/transfer`,
    { ...params },
    sandbox.origin,
    'linli-transfer',
  )
  return told?.['result'] === 'ok' ? 'ok' : 'cancelled'
}

const ACCEPT = 'accept'

/** The sandbox's sheet for subscribe messages, by template what was pressed; nothing in a browser without a sandbox. */
export async function askSubscription(
  templateIds: readonly string[],
): Promise<Readonly<Record<string, SubscribeAnswer>>> {
  const { sandbox } = await setupNow()
  if (!sandbox) return {}
  const told = await openOverlay(
    '订阅消息',
    `${sandbox.origin}/subscribe`,
    { templateIds: templateIds.join() },
    sandbox.origin,
    'linli-subscribe',
  )
  const answers = (told?.['answers'] ?? {}) as Record<string, unknown>
  return Object.fromEntries(templateIds.map((id) => [id, answers[id] === ACCEPT ? 'accept' : 'reject']))
}

type Told = Record<string, unknown>

function openOverlay(
  title: string,
  page: string,
  query: Record<string, string>,
  trusted: string,
  type: string,
): Promise<Told | null> {
  const address = `${page}?${new URLSearchParams({ ...query, origin: location.origin }).toString()}`
  return new Promise((resolve) => {
    const close = (told: Told | null) => {
      removeEventListener('message', hear)
      overlay.set(null)
      resolve(told)
    }
    const hear = ({ origin, data }: MessageEvent<unknown>) => {
      if (origin !== trusted || typeof data !== 'object' || data === null) return
      const told = data as Told
      if (told['type'] === type) close(told)
    }
    addEventListener('message', hear)
    overlay.set({ title, address, closed: () => close(null) })
  })
}
