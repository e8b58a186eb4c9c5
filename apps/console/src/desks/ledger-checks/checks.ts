import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'

type Check = Out<'GET /console/v1/points-checks'>['items'][number]
type GrowthCheck = Out<'GET /console/v1/growth-checks'>['items'][number]
/** A figure that is not the sum of its postings. */
export type Fault = Omit<Check['faults'][number], 'figure'> & {
  figure: Check['faults'][number]['figure'] | 'growth'
  /** Whose, where only the id was told. */
  memberId?: string
}
export type LedgerCheck = Omit<Check, 'faults'> & { faults: readonly Fault[] }
export type Ledger = 'points' | 'value' | 'growth'

const mayRead = { points: 'members.read', value: 'value.read', growth: 'members.read' } as const
const mayRun = { points: 'points.write', value: 'value.terms', growth: 'tiers.write' } as const

/** A comparison of growth, told as those of the ledgers. */
export const ofGrowth = (check: GrowthCheck): LedgerCheck => ({
  ...check,
  wrong: check.faults.length,
  faults: check.faults.map(({ memberId, growth, postings }) => ({
    member: null,
    memberId,
    book: 'account',
    figure: 'growth',
    orderId: null,
    lastDay: null,
    stands: growth,
    posted: postings,
  })),
})

const list: Record<Ledger, () => Promise<readonly LedgerCheck[]>> = {
  points: async () => (await api('GET /console/v1/points-checks')).items,
  value: async () => (await api('GET /console/v1/stored-value-checks')).items,
  growth: async () => (await api('GET /console/v1/growth-checks')).items.map(ofGrowth),
}
const compare: Record<Ledger, () => Promise<LedgerCheck>> = {
  points: () => api('POST /console/v1/points-checks'),
  value: () => api('POST /console/v1/stored-value-checks'),
  growth: async () => ofGrowth(await api('POST /console/v1/growth-checks')),
}

/** The comparisons of a ledger with its postings, newest first. */
export const useLedgerChecks = (ledger: Ledger) =>
  useQuery({
    queryKey: ['ledger-checks', ledger],
    queryFn: list[ledger],
    enabled: useMay(mayRead[ledger]),
    staleTime: 60_000,
  })

/** What the last of them said. */
export const useLastLedgerCheck = (ledger: Ledger): LedgerCheck | undefined =>
  useLedgerChecks(ledger).data?.[0]

export const useMayRunCheck = (ledger: Ledger): boolean => useMay(mayRun[ledger])

/** Compares now; whoever shows the ledger is told. */
export const useRunCheck = (ledger: Ledger, done: (check: LedgerCheck) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: compare[ledger],
    onSuccess: async (check) => {
      done(check)
      await queries.invalidateQueries({ queryKey: ['ledger-checks', ledger] })
    },
  })
}
