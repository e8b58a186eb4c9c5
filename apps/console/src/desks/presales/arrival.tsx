import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { piecesIn, type PresaleGoods, servedWords } from './model.ts'

/** 到货: how many pieces came, whom they are enough for, and the button that sets them aside. */
export const Arrival = ({ goods }: { goods: PresaleGoods }) => {
  const { campaignId, storeId, skuId } = goods
  const [text, setText] = useState('')
  // One key for one number of pieces, so that pressing again after a lost answer sets nothing aside twice.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  const pieces = piecesIn(text)
  const trial = useQuery({
    queryKey: ['presale-trial', campaignId, storeId, skuId, pieces],
    queryFn: () =>
      api('POST /console/v1/presale-arrival-trials', {
        body: { campaignId, storeId, skuId, pieces: pieces ?? 1 },
      }),
    enabled: pieces !== undefined,
  })
  const arrive = useMutation({
    mutationFn: (count: number) =>
      api('POST /console/v1/presale-arrivals', {
        body: { campaignId, storeId, skuId, pieces: count, idempotencyKey: key },
      }),
    onSuccess: async (served) => {
      notice.success(servedWords(served, true))
      setText('')
      setKey(crypto.randomUUID())
      await queries.invalidateQueries({ queryKey: ['presales'] })
    },
  })
  const change = (value: string) => {
    setText(value)
    setKey(crypto.randomUUID())
  }
  return (
    <form
      className="presale-arrival"
      onSubmit={(event) => {
        event.preventDefault()
        if (pieces !== undefined) arrive.mutate(pieces)
      }}
    >
      <Field
        id="presale-pieces"
        label="到了几件"
        help={`先用收货单入库，再在这里到货；现在可留 ${goods.freePieces} 件。按付清的先后留货，后付的不插队。`}
      >
        <Input
          id="presale-pieces"
          inputMode="numeric"
          value={text}
          onChange={(event) => change(event.target.value)}
          style={{ width: 120 }}
        />
      </Field>
      {pieces !== undefined && trial.data && <p role="status">{servedWords(trial.data, false)}</p>}
      <Refusal error={arrive.error ?? trial.error} />
      <Button type="primary" htmlType="submit" disabled={pieces === undefined} loading={arrive.isPending}>
        到货，给这些订单留好
      </Button>
    </form>
  )
}
