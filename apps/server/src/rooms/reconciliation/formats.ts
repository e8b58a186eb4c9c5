import type { ProviderName } from '#room/payments'
import { createAlipayReader, type Expected } from './alipay-bill.ts'
import type { Encoding } from './bill-text.ts'
import { createTradeReader, type TradeLine, type TradeReader } from './trade-bill.ts'

/** How a provider writes its trade bills. */
export interface BillFormat {
  encoding: Encoding
  reader(expected: Expected, take: (line: TradeLine) => void): TradeReader
}
export const FORMATS: Readonly<Record<ProviderName, BillFormat>> = {
  wechat: { encoding: 'utf-8', reader: ({ party }, take) => createTradeReader(party, take) },
  alipay: { encoding: 'gb18030', reader: createAlipayReader },
}
