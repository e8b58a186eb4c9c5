import { Button, Input } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { givenName, whoWords } from '../../ui/who.ts'
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
          <th scope="col">{funds ? '资金账单' : '微信账单'}</th>
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
        <dt>微信单号</dt>
        <dd>{number}</dd>
      </div>
    </dl>
  )
}

const History = ({ events }: { events: Detail['events'] }) => {
  const now = useNow()
  return (
    <ol className="recon-history" aria-label="经过">
      {events.toReversed().map((event, index) => (
        <li key={`${event.at}-${index}`}>
          <time>{when(event.at, now)}</time> {event.byName ? givenName(event.byName) : whoWords(event.by)}{' '}
          {eventWords(event)}
        </li>
      ))}
    </ol>
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

const Owner = ({ difference }: Pick<Detail, 'difference'>) => {
  const { id, owner } = difference
  const assign = useAssign(id)
  const button = owner?.mine ? '放回去' : owner ? `从${givenName(owner.name)}接过来` : '归我'
  return (
    <div className="owner">
      <span>{owner ? (owner.mine ? '归我在办' : `${givenName(owner.name)} 在办`) : '还没人认领'}</span>
      <Button size="small" loading={assign.isPending} onClick={() => assign.mutate({ mine: !owner?.mine })}>
        {button}
      </Button>
      <Refusal error={assign.error} />
    </div>
  )
}

const Body = ({ detail }: { detail: Detail }) => {
  const mayWrite = useMay('reconciliation.write')
  const { difference, events } = detail
  const [why, how] = reasonOf(difference)
  const open = isOpen(difference)
  const free = !difference.owner || difference.owner.mine
  return (
    <>
      <div className="recon-scroll">
        <SidesTable detail={detail} />
        <p className={open ? 'verdict' : 'verdict verdict-done'}>
          {why}
          {how && ` → ${how}`}
        </p>
        <Numbers detail={detail} />
        {open && mayWrite && <Owner difference={difference} />}
        {open && mayWrite && free && <ResolveForm key={difference.id} difference={difference} />}
        <History events={events} />
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
    <aside className="recon-panel card" aria-label="这处差异">
      <header>
        <h2>{data ? kindWords[data.difference.kind] : '差异'}</h2>
        {data && (
          <span className="quiet small">
            {data.difference.no} · {sourceWords[data.difference.source]}
          </span>
        )}
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      {data && <Body detail={data} />}
      {result.isPending && <Bones lines={8} />}
      {result.isError && !data && (
        <ErrorState title="这处差异没取回来" error={result.error} retry={() => void result.refetch()} />
      )}
    </aside>
  )
}
