import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { formatFen } from '../../ui/fen.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { WordsField } from '../../ui/words-field.tsx'
import { WorkHistory, WorkOwner, WorkPanel } from '../../ui/work.tsx'
import {
  adviceOf,
  eventWords,
  kinds,
  redirections,
  refundStates,
  troubleWords,
  type Alarm,
  type AlarmDetail,
} from './model.ts'
import { useAddNote, useAlarm, useAssign, useResolve } from './page-data.ts'
import { RescueForms } from './rescue.tsx'

const Facts = ({ alarm }: { alarm: Alarm }) => {
  const { path } = useScope()
  const { orderId, orderNo, refund } = alarm
  return (
    <dl className="alarm-facts">
      {orderId && (
        <div>
          <dt>订单</dt>
          <dd>
            <Link className="go" to={path(`/orders/${orderId}`)}>
              <OrderNo no={orderNo ?? '看订单'} />
            </Link>
          </dd>
        </div>
      )}
      {refund && (
        <>
          <div>
            <dt>退款</dt>
            <dd>
              <b className="num">{formatFen(refund.amountFen)}</b> {refundStates[refund.state]}
              {refund.redirectedTo && `，${redirections[refund.redirectedTo]}`}
            </dd>
          </div>
          <div>
            <dt>退款单号</dt>
            <dd>{refund.outRefundNo}</dd>
          </div>
          {refund.trouble && (
            <div>
              <dt>原因</dt>
              <dd>
                {troubleWords(refund.trouble)} <small className="quiet">{refund.trouble}</small>
              </dd>
            </div>
          )}
        </>
      )}
    </dl>
  )
}

const ResolveForm = ({ alarm }: { alarm: Alarm }) => {
  const [note, setNote] = useState('')
  const resolve = useResolve(alarm.id)
  return (
    <form
      className="rescue rescue-other"
      onSubmit={(event) => {
        event.preventDefault()
        if (note.trim()) resolve.mutate(note.trim())
      }}
    >
      <WordsField
        id="alarm-note"
        label="怎么处理的"
        most={200}
        usual={
          alarm.refund
            ? ['柜台退现金，顾客签收', '已到账，和顾客确认过']
            : ['已核对，金额无误', '已在商户平台退回']
        }
        placeholder="写一句，会留在记录里"
        value={note}
        change={setNote}
      />
      <Refusal error={resolve.error} />
      <Button htmlType="submit" block disabled={!note.trim()} loading={resolve.isPending}>
        处理好了
      </Button>
    </form>
  )
}

const NoteForm = ({ id }: { id: string }) => {
  const [note, setNote] = useState('')
  const add = useAddNote(id)
  return (
    <div className="note-form">
      <Input
        value={note}
        maxLength={200}
        placeholder="记一笔，比如给顾客打过电话"
        aria-label="记一笔"
        onChange={(event) => setNote(event.target.value)}
      />
      <Button
        disabled={!note.trim()}
        loading={add.isPending}
        onClick={() => add.mutate(note.trim(), { onSuccess: () => setNote('') })}
      >
        记下
      </Button>
      <Refusal error={add.error} />
    </div>
  )
}

const Body = ({ detail: { alarm, events } }: { detail: AlarmDetail }) => {
  const mayResolve = useMay('payments.resolve')
  const assign = useAssign(alarm.id)
  const open = alarm.resolvedAt === null
  const free = !alarm.owner || alarm.owner.mine
  return (
    <>
      <div className="work-scroll">
        <p className={open ? 'alarm-advice' : 'alarm-advice alarm-done'}>
          {open ? adviceOf(alarm) : alarm.resolution}
        </p>
        <Facts alarm={alarm} />
        {open && mayResolve && <WorkOwner owner={alarm.owner} assign={assign} />}
        {open && mayResolve && free && (
          <>
            <RescueForms alarm={alarm} />
            <ResolveForm alarm={alarm} />
          </>
        )}
        <WorkHistory events={events} words={eventWords} />
      </div>
      {mayResolve && (
        <footer>
          <NoteForm key={alarm.id} id={alarm.id} />
        </footer>
      )}
    </>
  )
}

/** One alarm: what is wrong now, whose it is, the ways on, and everything that was done. */
export const AlarmPanel = ({ id, close }: { id: string; close: () => void }) => {
  const result = useAlarm(id)
  const { data } = result
  useKeys([{ keys: 'Escape', label: '关掉这一条', run: close }])
  return (
    <WorkPanel label="这一条" title={data ? kinds[data.alarm.kind] : '收付款核对'} close={close}>
      {data && <Body key={id} detail={data} />}
      {result.isPending && <Bones lines={8} />}
      {result.isError && !data && (
        <ErrorState title="这一条没取回来" error={result.error} retry={() => void result.refetch()} />
      )}
    </WorkPanel>
  )
}
