import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { WorkHistory, WorkOwner, WorkPanel } from '../../ui/work.tsx'
import { eventWords, isOpen, kindWords, reasonOf, sidesOf, sourceWords, type Detail } from './model.ts'
import { useAddNote, useAssign, useDifference, useReopen } from './page-data.ts'
import { ResolveForm } from './resolve-form.tsx'

const SidesTable = ({ detail }: { detail: Detail }) => {
  const funds = detail.difference.source === 'funds'
  return (
    <table className="sides">
      <thead>
        <tr>
          <th aria-label="项目" />
          <th scope="col">{funds ? '交易账单' : '我方'}</th>
          <th scope="col">{funds ? '资金账单' : '对方账单'}</th>
        </tr>
      </thead>
      <tbody>
        {sidesOf(detail).map((row) => (
          <tr key={row.name} className={row.differs ? 'sides-differ' : ''}>
            <th scope="row">{row.name}</th>
            <td>{row.ours}</td>
            <td>{row.theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Numbers = ({ detail: { difference } }: { detail: Detail }) => {
  const { path } = useScope()
  const { orderId, orderNo, ourNo, number, source, storeId } = difference
  if (source === 'funds') return null
  return (
    <dl className="numbers">
      {orderId && (
        <div>
          <dt>订单</dt>
          <dd>
            <Link className="go" to={path(`/orders/${orderId}`)}>
              <OrderNo no={orderNo ?? '看订单'} />
            </Link>{' '}
            <span className="quiet">{storeId}</span>
          </dd>
        </div>
      )}
      <div>
        <dt>商户单号</dt>
        <dd>{ourNo ?? '没有'}</dd>
      </div>
      <div>
        <dt>对方单号</dt>
        <dd>{number}</dd>
      </div>
    </dl>
  )
}

const NoteForm = ({ id, ended }: { id: string; ended: boolean }) => {
  const [note, setNote] = useState('')
  const add = useAddNote(id)
  const reopen = useReopen(id)
  const sent = { onSuccess: () => setNote('') }
  const words = { note: note.trim() }
  return (
    <div className="note-form">
      <Input
        value={note}
        maxLength={200}
        placeholder={ended ? '记一笔，或写明为什么重开' : '记一笔，比如问过谁'}
        aria-label="记一笔"
        onChange={(event) => setNote(event.target.value)}
      />
      <Button disabled={!words.note} loading={add.isPending} onClick={() => add.mutate(words, sent)}>
        记下
      </Button>
      {ended && (
        <Button disabled={!words.note} loading={reopen.isPending} onClick={() => reopen.mutate(words, sent)}>
          重开
        </Button>
      )}
      <Refusal error={add.error ?? reopen.error} />
    </div>
  )
}

const Body = ({ detail }: { detail: Detail }) => {
  const mayWrite = useMay('reconciliation.write')
  const { difference, events } = detail
  const assign = useAssign(difference.id)
  const [why, how] = reasonOf(difference)
  const open = isOpen(difference)
  const free = !difference.owner || difference.owner.mine
  return (
    <>
      <div className="work-scroll">
        <SidesTable detail={detail} />
        <p className={open ? 'verdict' : 'verdict verdict-done'}>
          {why}
          {how && ` → ${how}`}
        </p>
        <Numbers detail={detail} />
        {open && mayWrite && <WorkOwner owner={difference.owner} assign={assign} />}
        {open && mayWrite && free && <ResolveForm key={difference.id} difference={difference} />}
        <WorkHistory events={events} words={eventWords} />
      </div>
      {mayWrite && (
        <footer>
          <NoteForm key={difference.id} id={difference.id} ended={!open} />
        </footer>
      )}
    </>
  )
}

/** One difference: what both sides say, whose it is, what it was, and everything that happened to it. */
export const DifferencePanel = ({ id, close }: { id: string; close: () => void }) => {
  const result = useDifference(id)
  const { data } = result
  useKeys([{ keys: 'Escape', label: '关掉这处差异', run: close }])
  return (
    <WorkPanel
      label="这处差异"
      title={data ? kindWords[data.difference.kind] : '差异'}
      note={data && `${data.difference.no} · ${sourceWords[data.difference.source]}`}
      close={close}
    >
      {data && <Body detail={data} />}
      {result.isPending && <Bones lines={8} />}
      {result.isError && !data && (
        <ErrorState title="这处差异没取回来" error={result.error} retry={() => void result.refetch()} />
      )}
    </WorkPanel>
  )
}
