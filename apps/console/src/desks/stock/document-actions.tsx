import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { deedsOf, kindWords, type Deed, type DocumentLine, type StockDocument } from './document-model.ts'
import { DrawerForm } from './drawer-form.tsx'

const buttons: Record<Deed, string> = {
  ship: '发货',
  receive: '收货',
  recall: '召回',
  cancel: '作废',
  count: '继续数',
  reverse: '冲回这张单',
}

type Asked = Exclude<Deed, 'count'>
interface Sent {
  deed: Asked
  note: string
  lines: { skuId: string; quantity: number }[]
}

const send = (id: string, idempotencyKey: string, { deed, note, lines }: Sent): Promise<StockDocument> => {
  const params = { documentId: id }
  switch (deed) {
    case 'ship':
      return api('POST /console/v1/stock-documents/:documentId/shipment', {
        params,
        body: { idempotencyKey, lines },
      })
    case 'receive':
      return api('POST /console/v1/stock-documents/:documentId/arrival', {
        params,
        body: { idempotencyKey, lines },
      })
    case 'recall':
      return api('POST /console/v1/stock-documents/:documentId/recall', { params, body: { idempotencyKey } })
    case 'reverse':
      return api('POST /console/v1/stock-documents/:documentId/reversal', {
        params,
        body: { idempotencyKey, note },
      })
    case 'cancel':
      return api('POST /console/v1/stock-documents/:documentId/cancellation', {
        params,
        body: { idempotencyKey },
      })
  }
}

const outcomes: Record<Asked, (document: StockDocument, pieces: number) => string> = {
  ship: ({ storeId }, pieces) => `${storeId} 在手 −${pieces}，货算在路上`,
  receive: ({ toStoreId }, pieces) => `${toStoreId} 在手 +${pieces}`,
  recall: ({ storeId, pieces }) => `路上的 ${pieces} 件回到 ${storeId} 的在手`,
  cancel: () => '这张单作废，库存不动',
  reverse: ({ no, kind }) => `另开一张${kindWords[kind]}单，把 ${no} 的每一行反着记一遍；原单留着`,
}

const Quantities = ({
  deed,
  lines,
  counts,
  change,
}: {
  deed: Deed
  lines: readonly DocumentLine[]
  counts: ReadonlyMap<string, number>
  change: (skuId: string, count: number) => void
}) => (
  <ul className="carry-lines">
    {lines.map((line) => (
      <li key={line.skuId}>
        <span>{line.name}</span>
        <small className="quiet">
          {deed === 'ship'
            ? `申请 ${line.quantity}，在手 ${line.onHand}，预占 ${line.reserved}`
            : `发出 ${line.shipped}`}
        </small>
        <InputNumber
          min={0}
          max={deed === 'receive' ? (line.shipped ?? 0) : 100_000}
          precision={0}
          value={counts.get(line.skuId) ?? 0}
          aria-label={`${line.name} 件数`}
          onChange={(count) => change(line.skuId, count ?? 0)}
        />
      </li>
    ))}
  </ul>
)

/** Asked before it is done: what it will come to stands above the button. */
const DeedForm = ({ document, deed, close }: { document: StockDocument; deed: Asked; close: () => void }) => {
  const carries = deed === 'ship' || deed === 'receive'
  const [counts, setCounts] = useState(
    () =>
      new Map(
        document.items.map((line) => [line.skuId, (deed === 'ship' ? line.quantity : line.shipped) ?? 0]),
      ),
  )
  const [note, setNote] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  const done = useMutation({
    mutationFn: (sent: Sent) => send(document.id, key, sent),
    onSuccess: async (now) => {
      notice.success(deed === 'reverse' ? `已用 ${now.no} 冲回` : `${now.no} ${buttons[deed]}好了`)
      await queries.invalidateQueries()
      close()
    },
  })
  const lines = [...counts].map(([skuId, quantity]) => ({ skuId, quantity }))
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const ready = deed === 'reverse' ? note.trim() !== '' : deed !== 'ship' || pieces > 0
  return (
    <DrawerForm
      action={carries ? `${buttons[deed]} ${pieces} 件` : buttons[deed]}
      ready={ready}
      busy={done.isPending}
      error={done.error}
      outcome={ready ? outcomes[deed](document, pieces) : <span className="quiet">写一句为什么</span>}
      submit={() => done.mutate({ deed, note: note.trim(), lines })}
      close={close}
    >
      {carries && (
        <Quantities
          deed={deed}
          lines={document.items}
          counts={counts}
          change={(skuId, count) => {
            setCounts((now) => new Map(now).set(skuId, count))
            setKey(crypto.randomUUID())
          }}
        />
      )}
      {deed === 'reverse' && (
        <div className="drawer-fields drawer-fields-one">
          <label>
            <span>为什么冲回</span>
            <Input
              autoFocus
              value={note}
              maxLength={120}
              placeholder="录错了、供应商拉回去了"
              onChange={(event) => {
                setNote(event.target.value)
                setKey(crypto.randomUUID())
              }}
            />
          </label>
        </div>
      )}
    </DrawerForm>
  )
}

/** What can be done with the document now, by this person. */
export const DocumentActions = ({ document }: { document: StockDocument }) => {
  const { stores, go } = useScope()
  const mayAdjust = useMay('stock.adjust')
  const [deed, setDeed] = useState<Asked>()
  const deeds = deedsOf(document, { mine: stores?.map((store) => store.id), mayAdjust })
  if (deed && deeds.includes(deed))
    return <DeedForm key={deed} document={document} deed={deed} close={() => setDeed(undefined)} />
  if (deeds.length === 0) return null
  return (
    <div className="drawer-actions">
      {deeds.map((each, i) => (
        <Button
          key={each}
          type={i === 0 && each !== 'reverse' && each !== 'cancel' ? 'primary' : 'default'}
          onClick={() => (each === 'count' ? go(`/stock/counts/${document.id}`) : setDeed(each))}
        >
          {buttons[each]}
        </Button>
      ))}
    </div>
  )
}
