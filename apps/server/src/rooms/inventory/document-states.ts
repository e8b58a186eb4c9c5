import type { DOCUMENT_KINDS, DOCUMENT_STATES, DOCUMENT_VERBS } from '@linli/contract/console-stock-documents'

export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
export type DocumentState = (typeof DOCUMENT_STATES)[number]
export type DocumentVerb = (typeof DOCUMENT_VERBS)[number]

/** What a stock document may become. Receipts and waste are born posted: a draft lives in the browser until somebody means it. */
export const STEPS: readonly (readonly [
  kind: DocumentKind,
  from: DocumentState | null,
  verb: DocumentVerb,
  to: DocumentState,
])[] = [
  ['RECEIVE', null, 'post', 'POSTED'],
  ['WASTE', null, 'post', 'POSTED'],
  ['COUNT', null, 'start', 'COUNTING'],
  ['COUNT', null, 'post', 'POSTED'],
  ['COUNT', 'COUNTING', 'post', 'POSTED'],
  ['COUNT', 'COUNTING', 'cancel', 'CANCELLED'],
  ['TRANSFER', null, 'request', 'REQUESTED'],
  ['TRANSFER', 'REQUESTED', 'ship', 'SHIPPED'],
  ['TRANSFER', 'REQUESTED', 'cancel', 'CANCELLED'],
  ['TRANSFER', 'SHIPPED', 'receive', 'RECEIVED'],
  ['TRANSFER', 'SHIPPED', 'recall', 'RECALLED'],
]

export const stepTo = (
  kind: DocumentKind,
  from: DocumentState | null,
  verb: DocumentVerb,
): DocumentState | undefined =>
  STEPS.find(([ofKind, state, deed]) => ofKind === kind && state === from && deed === verb)?.[3]
