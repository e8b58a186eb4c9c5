import { createHash } from 'node:crypto'
import { nonceText, replyMessage, sealText, signText } from '../../../sandbox/src/crypto.ts'
import type { World } from '../world.ts'
import { only, pay, type Purchase } from './purchase.ts'

/** A notification that WeChat might have signed: whatever the test wants to say, sealed and signed as it should be. */
export function notice(
  world: World,
  plain: unknown,
  over: { id?: string; event?: string; body?: string } = {},
) {
  const { keys } = world.sandbox.world
  const nonce = nonceText(12)
  const ciphertext = sealText(JSON.stringify(plain), keys.apiV3Key, nonce, 'transaction')
  const resource = { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: 'transaction' }
  const id = over.id ?? `EV-${nonceText(20)}`
  const body = over.body ?? JSON.stringify({ id, event_type: over.event ?? 'TRANSACTION.SUCCESS', resource })
  const timestamp = String(Math.floor(world.ctx.clock.stamp().getTime() / 1000))
  const headers = {
    'content-type': 'application/json',
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': keys.publicKey.id,
    'wechatpay-signature': signText(replyMessage(timestamp, nonce, body), keys.publicKey.privateKey),
  }
  return { method: 'POST' as const, url: '/hooks/wechat/payments', headers, payload: body }
}
export type Trade = Awaited<ReturnType<typeof tradeFor>>
/** The trade of a purchase as WeChat would tell of it once paid; nobody has paid it. */
export async function tradeFor(world: World, purchase: Purchase) {
  const { outTradeNo } = await pay(purchase)
  const { payer } = await only<{ payer: string }>(
    world,
    'select payer from payment_attempt where out_trade_no = $1',
    [outTradeNo],
  )
  const { appId, mchId } = world.sandbox.world.keys
  return {
    mchid: mchId,
    appid: appId,
    out_trade_no: outTradeNo,
    transaction_id: `42000${createHash('sha256').update(outTradeNo).digest('hex').slice(0, 20)}`,
    trade_state: 'SUCCESS',
    success_time: '2026-03-01T12:00:00+08:00',
    payer: { openid: payer },
    amount: {
      total: purchase.totalFen,
      payer_total: purchase.totalFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  }
}
