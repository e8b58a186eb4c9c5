/** `GET /v3/bill/tradebill` and `fundflowbill`: which bill there is, its hash, and where to fetch it within thirty seconds. */
import type { FaultAction } from '../faults/rules.ts'
import type { Answer, Endpoint, Input } from '../wxpay/endpoint.ts'
import { refuse, refuseField } from '../wxpay/refusals.ts'
import type { World } from '../world.ts'
import { isDay, readinessOf } from './days.ts'
import { BILL_TYPES, fundRows, tradeRows } from './rows.ts'
import type { BillType } from './rows.ts'
import { hashOf } from './shelf.ts'
import type { BillShelf, BillText } from './shelf.ts'
import { spoiltRows } from './spoil.ts'
import { fundText, tradeText } from './text.ts'

const ACCOUNTS = ['BASIC', 'OPERATION', 'FEES']
export const FILE_PATH = '/v3/billdownload/file'

const optional = (input: Input, name: string, choices: readonly string[], fallback: string): string => {
  const value = input.query[name] ?? fallback
  if (typeof value === 'string' && choices.includes(value)) return value
  return refuseField(
    { field: name, value: typeof value === 'string' ? value : null, issue: `取值应为 ${choices.join('、')}` },
    'query',
  )
}

const checkQuery = (input: Input, known: readonly string[]): void => {
  for (const name of Object.keys(input.query))
    if (!known.includes(name))
      refuseField({ field: name, value: null, issue: '参数中含有非法的额外参数' }, 'query')
}

/** The day asked for, once its bills exist. */
const readyDay = (world: World, input: Input): string => {
  const day = input.query.bill_date
  if (typeof day !== 'string' || !isDay(day))
    return refuseField({ field: 'bill_date', value: null, issue: '格式应为 yyyy-MM-DD' }, 'query')
  if (input.fault === 'bill-not-ready') refuse('statementCreating')
  const readiness = readinessOf(day, world.clock.now())
  if (readiness === 'unasked')
    refuseField({ field: 'bill_date', value: day, issue: '只能下载三个月以内、昨天及更早的账单' }, 'query')
  if (readiness === 'creating') refuse('statementCreating')
  return day
}

const offer = (world: World, shelf: BillShelf, input: Input, text: BillText): Answer => {
  const now = world.clock.now()
  const zipped = input.query.tar_type !== undefined && optional(input, 'tar_type', ['GZIP'], '') === 'GZIP'
  const token = shelf.put({ text, zipped }, input.fault === 'bill-url-expired' ? now - 3_600_000 : now)
  const hash = hashOf(text())
  return {
    status: 200,
    body: {
      hash_type: 'SHA1',
      hash_value:
        input.fault === 'bill-hash-mismatch' ? hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) : hash,
      download_url: `${input.origin}/wxpay${FILE_PATH}?token=${token}`,
    },
  }
}

/** The two endpoints over one shelf. */
export const billEndpoints = (shelf: BillShelf): Endpoint[] => [
  {
    route: 'tradebill',
    method: 'GET',
    path: '/v3/bill/tradebill',
    about: () => ({}),
    answer: (world, input) => {
      checkQuery(input, ['bill_date', 'bill_type', 'tar_type'])
      const day = readyDay(world, input)
      const type = optional(input, 'bill_type', BILL_TYPES, 'ALL') as BillType
      const rows = tradeRows(world, day, type)
      const action: FaultAction | null = input.action
      const text = () => tradeText(spoiltRows(world, day, rows, action), input.fault)
      const invents = action?.kind === 'bill-extra-row' || action?.kind === 'bill-large'
      if (rows.length === 0 && !invents) refuse('statementMissing')
      return offer(world, shelf, input, text)
    },
  },
  {
    route: 'fundflowbill',
    method: 'GET',
    path: '/v3/bill/fundflowbill',
    about: () => ({}),
    answer: (world, input) => {
      checkQuery(input, ['bill_date', 'account_type', 'tar_type'])
      const day = readyDay(world, input)
      const account = optional(input, 'account_type', ACCOUNTS, 'BASIC')
      const rows = account === 'BASIC' ? fundRows(world, day) : []
      if (rows.length === 0) refuse('statementMissing')
      return offer(world, shelf, input, () => fundText(rows))
    },
  },
]
