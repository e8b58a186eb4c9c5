import Taro from '@tarojs/taro'
import type { PaymentParams, SubscribeAnswer, TransferParams } from '../models/wire'

export type PaySheetResult = 'ok' | 'cancelled' | 'failed'

/** A one-time code of `wx.login`; needs nothing from the shopper. */
export async function wechatCode(): Promise<string | null> {
  const { code } = await Taro.login()
  return code
}

/** Opens WeChat's own cashier. Its answer is a hint: only the server knows whether money moved. */
export async function openCashier(params: PaymentParams): Promise<PaySheetResult> {
  try {
    await Taro.requestPayment({ ...params, signType: 'RSA' })
    return 'ok'
  } catch (error) {
    const message =
      typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : ''
    return message.includes('cancel') ? 'cancelled' : 'failed'
  }
}

interface TransferAsked extends TransferParams {
  success: () => void
  fail: (error: { errMsg: string }) => void
}
declare const wx: { requestMerchantTransfer?: (asked: TransferAsked) => void }

/** WeChat's own page for 确认收款; old versions have none. What became of the money only the server knows. */
export function confirmTransfer(params: TransferParams): Promise<PaySheetResult> {
  const open = process.env.TARO_ENV === 'weapp' ? wx.requestMerchantTransfer : undefined
  if (!open) return Promise.resolve('failed')
  return new Promise((resolve) =>
    open({
      ...params,
      success: () => resolve('ok'),
      fail: ({ errMsg }) => resolve(errMsg.includes('cancel') ? 'cancelled' : 'failed'),
    }),
  )
}

const ANSWERS: readonly string[] = ['accept', 'reject', 'ban', 'filter', 'acceptWithAudio', 'acceptWithAlert']
const isAnswer = (value: unknown): value is SubscribeAnswer =>
  typeof value === 'string' && ANSWERS.includes(value)

/** WeChat's sheet for subscribe messages, by template what was pressed; nothing where there is none. Only a tap may open it. */
export async function askSubscription(
  templateIds: readonly string[],
): Promise<Readonly<Record<string, SubscribeAnswer>>> {
  if (process.env.TARO_ENV !== 'weapp') return {}
  const said: object = await Taro.requestSubscribeMessage({ tmplIds: [...templateIds], entityIds: [] })
  return Object.fromEntries(
    Object.entries(said).flatMap(([id, answer]) => (isAnswer(answer) ? [[id, answer]] : [])),
  )
}
