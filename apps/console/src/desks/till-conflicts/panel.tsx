import { Button, Radio } from 'antd'
import { useState } from 'react'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { formatFen } from '../../ui/fen.ts'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import { WordsField } from '../../ui/words-field.tsx'
import { WorkHistory, WorkOwner, WorkPanel } from '../../ui/work.tsx'
import {
  adviceOf,
  eventWords,
  factsOf,
  fundings,
  kinds,
  ends,
  resolutions,
  type Conflict,
  type ConflictDetail,
  type Resolution,
} from './model.ts'
import { useAssign, useConflict, useResolve } from './page-data.ts'

const Receipt = ({ conflict, sale }: Pick<ConflictDetail, 'conflict' | 'sale'>) => {
  const now = useNow()
  return (
    <section className="receipt" aria-label="小票">
      <p>
        <b>{conflict.posTxnId}</b>
        <span className="quiet small">
          {conflict.partnerName} · {conflict.storeId}
          {sale.soldAt && ` · ${when(sale.soldAt, now)}`}
        </span>
      </p>
      <ul>
        {sale.lines.map((line, i) => (
          <li key={`${line.barcode} ${i}`} className={line.known ? '' : 'receipt-unknown'}>
            <span>
              {line.name} <small className="quiet">{line.barcode}</small>
            </span>
            <span className="num">×{line.quantity}</span>
            <span className="num">{formatFen(line.payFen)}</span>
          </li>
        ))}
        {sale.discounts.map((each) => (
          <li key={each.label} className="quiet">
            <span>
              {each.label} <small>{fundings[each.funding]}</small>
            </span>
            <span />
            <span className="num">−{formatFen(each.offFen)}</span>
          </li>
        ))}
        {sale.paidFen !== null && (
          <li className="strong">
            <span>实收</span>
            <span />
            <span className="num">{formatFen(sale.paidFen)}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

const ResolveForm = ({ conflict }: { conflict: Conflict }) => {
  const [resolution, setResolution] = useState<Resolution>()
  const [note, setNote] = useState('')
  const resolve = useResolve(conflict.id)
  return (
    <form
      className="conflict-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (resolution && note.trim()) resolve.mutate({ resolution, note: note.trim() })
      }}
    >
      <Radio.Group
        aria-label="由谁承担"
        value={resolution}
        onChange={(event) => setResolution(event.target.value as Resolution)}
        options={Object.entries(resolutions).map(([value, label]) => ({ value, label }))}
      />
      <WordsField
        id="conflict-note"
        label="怎么处理的"
        most={200}
        usual={['和门店核对过小票', '商品已建档', '已联系顾客']}
        placeholder="写一句，会留在记录里"
        value={note}
        change={setNote}
      />
      <Refusal error={resolve.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        disabled={!resolution || !note.trim()}
        loading={resolve.isPending}
      >
        处理好了
      </Button>
    </form>
  )
}

const Body = ({ detail: { conflict, sale, events } }: { detail: ConflictDetail }) => {
  const mayResolve = useMay('tills.resolve')
  const assign = useAssign(conflict.id)
  const open = conflict.resolution === null
  const free = !conflict.owner || conflict.owner.mine
  return (
    <div className="work-scroll">
      <p className={open ? 'conflict-advice' : 'conflict-advice conflict-done'}>
        {conflict.resolution
          ? `${ends[conflict.resolution]}${conflict.note === null ? '' : `：${conflict.note}`}`
          : adviceOf(conflict)}
      </p>
      <p className="conflict-facts strong">{factsOf(conflict)}</p>
      <Receipt conflict={conflict} sale={sale} />
      {open && mayResolve && <WorkOwner owner={conflict.owner} assign={assign} />}
      {open && mayResolve && free && <ResolveForm conflict={conflict} />}
      <WorkHistory events={events.map((event) => ({ ...event, byName: null }))} words={eventWords} />
    </div>
  )
}

/** One conflict: what the till said, what our books say, whose it is, and who bears it. */
export const ConflictPanel = ({ id, close }: { id: string; close: () => void }) => {
  const result = useConflict(id)
  const { data } = result
  useKeys([{ keys: 'Escape', label: '关掉这一条', run: close }])
  return (
    <WorkPanel label="这一条" title={data ? kinds[data.conflict.kind] : '收银冲突'} close={close}>
      {data && <Body key={id} detail={data} />}
      {result.isPending && <Bones lines={8} />}
      {result.isError && !data && (
        <ErrorState title="这一条没取回来" error={result.error} retry={() => void result.refetch()} />
      )}
    </WorkPanel>
  )
}
