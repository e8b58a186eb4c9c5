import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { termsOf, type Algorithm, type Partner, type PartnerForm } from './model.ts'

export const usePartners = () =>
  useQuery({ queryKey: ['partners'], queryFn: () => api('GET /console/v1/partners') })

const useChanging = <Input, Output>(change: (input: Input) => Promise<Output>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['partners'] }),
  })
}

/** Lets a new system in, or changes the terms of one that is there. */
export const useSavePartner = (partner: Partner | undefined) =>
  useChanging((form: PartnerForm) =>
    partner
      ? api('PUT /console/v1/partners/:partnerId', {
          params: { partnerId: partner.id },
          body: { ...termsOf(form), active: form.active },
        })
      : api('POST /console/v1/partners', { body: { code: form.code, ...termsOf(form) } }),
  )
export const useMakeKey = (partnerId: string) =>
  useChanging((wish: { algorithm: Algorithm; publicKeyPem: string; validDays: number }) =>
    api('POST /console/v1/partners/:partnerId/keys', {
      params: { partnerId },
      body: {
        algorithm: wish.algorithm,
        validDays: wish.validDays,
        ...(wish.algorithm === 'ed25519' ? { publicKeyPem: wish.publicKeyPem.trim() } : {}),
      },
    }),
  )
export const useRevokeKey = (partnerId: string) =>
  useChanging((keyId: string) =>
    api('POST /console/v1/partners/:partnerId/keys/:keyId/revocation', { params: { partnerId, keyId } }),
  )
