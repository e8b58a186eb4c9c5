import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { api } from '../../api.ts'
import { useStaff } from '../../session.ts'
import { emptyForm, type Form, formOf, inputOf } from './form.ts'
import { KINDS } from './kinds/index.ts'
import type { Campaign } from './model.ts'

interface Kept {
  savedAt: number
  /** Of the draft that the typing began from; 0: not saved yet. */
  revision: number
  form: Form
}

const read = (key: string): Kept | undefined => {
  try {
    const kept = localStorage.getItem(key)
    return kept ? (JSON.parse(kept) as Kept) : undefined
  } catch {
    return undefined
  }
}
const begin = (campaign: Campaign | undefined): Form =>
  campaign ? formOf(campaign) : emptyForm(KINDS[0] ?? 'flash', Date.now())

/** What is typed into a campaign. It is kept in this browser at every change, by person and draft, until it is saved or given up. */
export const useDraft = (campaign: Campaign | undefined) => {
  const key = `linli.console.campaign.${useStaff()?.id ?? ''}.${campaign?.id ?? 'new'}`
  const [{ form, keptAt, revision }, setTyping] = useState(() => {
    const kept = read(key)
    return kept
      ? { form: kept.form, keptAt: kept.savedAt, revision: kept.revision }
      : { form: begin(campaign), keptAt: 0, revision: campaign?.revision ?? 0 }
  })
  const forget = () => localStorage.removeItem(key)
  return {
    form,
    /** When it was kept here; 0: nothing but what the server has. */
    keptAt,
    revision,
    change: (part: Partial<Form>) => {
      const next = { form: { ...form, ...part }, savedAt: Date.now(), revision }
      localStorage.setItem(key, JSON.stringify(next))
      setTyping({ form: next.form, keptAt: next.savedAt, revision })
    },
    /** What the server has now; what was typed is given up or was saved. */
    reset: (to: Campaign | undefined) => {
      forget()
      setTyping({ form: begin(to), keptAt: 0, revision: to?.revision ?? 0 })
    },
    /** What is typed goes on top of a newer revision. */
    rebase: (onto: number) => setTyping((now) => ({ ...now, revision: onto })),
    forget,
  }
}

const SETTLE_MS = 400
/** A value once it has not changed for a moment. */
const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** What would happen if this were scheduled now, asked again when the typing pauses. */
export const useTrial = (form: Form) => {
  const input = inputOf(form)
  const settled = useSettled(JSON.stringify(input ?? null))
  return useQuery({
    queryKey: ['campaigns', 'trial', settled],
    queryFn: () =>
      api('POST /console/v1/campaign-trials', {
        body: JSON.parse(settled) as NonNullable<ReturnType<typeof inputOf>>,
      }),
    enabled: settled !== 'null',
    staleTime: 15_000,
    placeholderData: (before) => before,
  })
}
