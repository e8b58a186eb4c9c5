import type { Out } from '../../api.ts'
import { csvText } from '../../ui/csv.ts'
import { longDay } from '../../ui/time.ts'
import { stateWords } from '../orders/model.ts'

type Boxes = Out<'GET /console/v1/campaigns/:campaignId/boxes'>['items'][number]
type Week = Out<'GET /console/v1/campaigns/:campaignId/box-weeks'>['items'][number]

type Packed = Out<'GET /console/v1/campaigns/:campaignId/box-packing'>['items'][number]

/** How a subscription stands. */
export const boxStateWords = ({
  state,
  pausedBy,
  lapses,
}: Pick<Boxes, 'state' | 'pausedBy' | 'lapses'>): string => {
  if (state === 'ENDED') return '不订了'
  if (state === 'PAUSED') return pausedBy === 'lapsed' ? '两周没付，停了' : '自己暂停'
  return lapses > 0 ? '在订，上周没付' : '在订'
}

/** `11月28日 周六`. */
export const dayWords = (day: string): string => longDay(`${day}T12:00:00+08:00`)

const DAY_MS = 86_400_000
/** Weeks that are to come and the last that was, those of today and after first. */
export const comingWeeks = <T extends Pick<Week, 'week'>>(items: readonly T[], now: number): T[] => {
  const isOver = ({ week }: T): boolean => Date.parse(`${week}T00:00:00+08:00`) + DAY_MS <= now
  return [...items.filter((each) => !isOver(each)), ...items.filter(isOver).toReversed()]
}

/** The list to pack by, for a spreadsheet. */
export const packingText = (rows: readonly Packed[]): string =>
  csvText(
    ['订单号', '顾客', '手机尾号', '份数', '状态'],
    rows.map(({ no, customer, phoneTail, quantity, state }) => [
      no,
      customer,
      phoneTail ?? '',
      String(quantity),
      stateWords[state].word,
    ]),
  )
