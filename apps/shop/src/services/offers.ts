import type { Provider } from '../models/wire'

const WECHAT: readonly Provider[] = ['wechat']

/** The ways of paying to choose from; null while that is being asked. Inside a mini-program there is one, whatever the shop offers elsewhere. */
export const useOffers = (): readonly Provider[] | null => WECHAT

/** Only a browser is ever sent away. */
export const leaveFor = (_address: string, _orderId: string): Promise<void> => Promise.resolve()
export const wasAway = (_orderId: string): boolean => false
