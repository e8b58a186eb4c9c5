import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'

export type LedgerCheck = Out<'GET /console/v1/points-checks'>['items'][number]
export type Ledger = 'points' | 'value'

const mayRead = { points: 'members.read', value: 'value.read' } as const
const mayRun = { points: 'points.write', value: 'value.terms' } as const

/** The comparisons of a ledger with its postings, newest first. */
export const useLedgerChecks = (ledger: Ledger) =>
  useQuery({
    queryKey: ['ledger-checks', ledger],
    queryFn: () =>
      ledger === 'points' ? api('GET /console/v1/points-checks') : api('GET /console/v1/stored-value-checks'),
    enabled: useMay(mayRead[ledger]),
    staleTime: 60_000,
  })

/** What the last of them said. */
export const useLastLedgerCheck = (ledger: Ledger): LedgerCheck | undefined =>
  useLedgerChecks(ledger).data?.items[0]

export const useMayRunCheck = (ledger: Ledger): boolean => useMay(mayRun[ledger])

/** Compares now; whoever shows the ledger is told. */
export const useRunCheck = (ledger: Ledger, done: (check: LedgerCheck) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      ledger === 'points'
        ? api('POST /console/v1/points-checks')
        : api('POST /console/v1/stored-value-checks'),
    onSuccess: async (check) => {
      done(check)
      await queries.invalidateQueries({ queryKey: ['ledger-checks', ledger] })
    },
  })
}
