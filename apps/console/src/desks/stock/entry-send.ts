import { api } from '../../api.ts'
import type { StockDocument } from './document-model.ts'
import { parseDay, parseExpiry, wayOf, type Draft, type EntryKind } from './entry-model.ts'

interface Sending {
  idempotencyKey: string
  shortAccepted: boolean
}

const receiptLine = ({ skuId, quantity, batchNo, made, expires }: Draft['lines'][number]) => {
  const madeOn = parseDay(made)
  const expiresOn = parseExpiry(expires, madeOn)
  return {
    skuId,
    quantity: quantity ?? 0,
    ...(batchNo.trim() ? { batchNo: batchNo.trim() } : {}),
    ...(madeOn ? { madeOn } : {}),
    ...(expiresOn ? { expiresOn } : {}),
  }
}

/** Posts the draft as a document of its kind. */
export const sendDraft = (
  kind: EntryKind,
  draft: Draft,
  { idempotencyKey, shortAccepted }: Sending,
): Promise<StockDocument> => {
  const { storeId = '' } = draft
  const { from: fromStoreId, to: toStoreId } = wayOf(draft)
  const note = draft.note.trim() ? { note: draft.note.trim() } : {}
  switch (kind) {
    case 'receipts':
      return api('POST /console/v1/stores/:storeId/receipts', {
        params: { storeId },
        body: {
          idempotencyKey,
          source: draft.source,
          ...(draft.supplier.trim() ? { supplier: draft.supplier.trim() } : {}),
          ...note,
          lines: draft.lines.map(receiptLine),
        },
      })
    case 'wastes':
      return api('POST /console/v1/stores/:storeId/wastes', {
        params: { storeId },
        body: {
          idempotencyKey,
          reason: draft.reason,
          ...note,
          ...(shortAccepted ? { shortAccepted } : {}),
          lines: draft.lines.map(({ skuId, quantity, lot }) => ({
            skuId,
            quantity: quantity ?? 0,
            ...(lot ? { lotId: lot.id } : {}),
          })),
        },
      })
    case 'transfers':
      return api('POST /console/v1/transfers', {
        body: {
          idempotencyKey,
          fromStoreId,
          toStoreId,
          ...note,
          lines: draft.lines.map(({ skuId, quantity }) => ({ skuId, quantity: quantity ?? 0 })),
        },
      })
  }
}
