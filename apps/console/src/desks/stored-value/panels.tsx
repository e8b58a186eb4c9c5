import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented, Select } from 'antd'
import { HandCoins, Wallet } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { fenToField, formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { WordsField } from '../../ui/words-field.tsx'
import { TopUpReceipt } from './receipt.tsx'
import { emptyTopUp, readPayOut, readTopUp, type TopUpForm, type ValueMember } from './model.ts'

interface PanelProps {
  member: ValueMember
  close: () => void
}

/** The store whose counter it is: the one the desks look at, or a choice. */
const useCounter = () => {
  const { stores = [], storeId } = useScope()
  const [chosen, setChosen] = useState<string>()
  const at = storeId ?? chosen
  const field = storeId ? null : (
    <Field id="value-store" label="哪家店的柜台">
      <Select
        id="value-store"
        className="value-store"
        {...(chosen ? { value: chosen } : {})}
        placeholder="选一家店"
        options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
        onChange={setChosen}
      />
    </Field>
  )
  return { at, field }
}

/** The key belongs to this opening of the panel: pressed twice, or again after a lost answer, it is booked once. */
const useKey = (): string => useState(() => crypto.randomUUID())[0]

const useAfter = (memberId: string) => {
  const queries = useQueryClient()
  return () =>
    Promise.all(
      [['stored-value'], ['value-members'], ['value-postings', memberId]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    )
}

const TENDERS = [
  { value: 'cash', label: '现金' },
  { value: 'card', label: '刷卡' },
]

/** 充值: takes money at the counter and says what is booked and what change to give. */
export const TopUpPanel = ({ member, close }: PanelProps) => {
  const [form, setForm] = useState<TopUpForm>(emptyTopUp)
  const { at, field } = useCounter()
  const key = useKey()
  const after = useAfter(member.memberId)
  const notice = useNotice()
  const set = (part: Partial<TopUpForm>) => {
    setForm((now) => ({ ...now, ...part }))
  }
  const read = readTopUp(form, member)
  const topUp = useMutation({
    mutationFn: ({
      storeId,
      body,
    }: {
      storeId: string
      body: Extract<typeof read, { ready: true }>['body']
    }) =>
      api('POST /console/v1/stored-value-members/:memberId/top-ups', {
        params: { memberId: member.memberId },
        body: { ...body, idempotencyKey: key, storeId },
      }),
    onSuccess: async (done) => {
      await after()
      notice.success(`充了 ${formatFen(done.amountFen)}`)
    },
    onError: () => void after(),
  })
  const text = (name: keyof Omit<TopUpForm, 'tender'>, label: string, help?: string) => (
    <Field id={`value-${name}`} label={label} {...(help ? { help } : {})}>
      <Input
        id={`value-${name}`}
        value={form[name]}
        autoComplete="off"
        maxLength={40}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Field>
  )
  if (topUp.data) return <TopUpReceipt done={topUp.data} tender={form.tender} close={close} />
  return (
    <SidePanel title={`给${member.name}充值`} icon={Wallet} close={close}>
      <div className="side-words value-form">
        {field}
        {text(
          'amount',
          '充多少（元）',
          `现在余额 ${formatFen(member.availableFen)}，最多还能充 ${formatFen(member.roomFen)}`,
        )}
        <Segmented
          block
          options={TENDERS}
          value={form.tender}
          onChange={(tender) => set({ tender: tender === 'card' ? 'card' : 'cash' })}
        />
        {form.tender === 'cash'
          ? text('tendered', '顾客给了（元）', '刚好就不用写')
          : text('slip', '刷卡凭证号')}
        {!member.holder && (
          <>
            <p className="quiet small">第一次充值，按证件登记是谁的。证件号加密存，之后只看得到尾四位。</p>
            {text('name', '姓名')}
            {text('document', '身份证号')}
          </>
        )}
        {read.ready && read.changeFen > 0 && <p className="strong">找零 {formatFen(read.changeFen)}</p>}
      </div>
      <footer>
        <Refusal error={topUp.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!read.ready || !at}
          loading={topUp.isPending}
          onClick={() => read.ready && at && topUp.mutate({ storeId: at, body: read.body })}
        >
          {read.ready ? `收下 ${formatFen(read.body.amountFen)}` : '收下'}
        </Button>
        {!at && <p className="quiet small">先选哪家店的柜台。</p>}
        {at && !read.ready && <p className="quiet small">{read.missing}。</p>}
      </footer>
    </SidePanel>
  )
}

const REASONS = ['顾客不想用了', '搬家了', '充错了']

/** 退余额: pays out in cash what is there, with a reason that stays in the trail. */
export const PayOutPanel = ({ member, close }: PanelProps) => {
  const [amount, setAmount] = useState(fenToField(member.availableFen))
  const [reason, setReason] = useState('')
  const { at, field } = useCounter()
  const key = useKey()
  const after = useAfter(member.memberId)
  const notice = useNotice()
  const read = readPayOut({ amount, reason }, member)
  const payOut = useMutation({
    mutationFn: ({
      storeId,
      body,
    }: {
      storeId: string
      body: Extract<typeof read, { ready: true }>['body']
    }) =>
      api('POST /console/v1/stored-value-members/:memberId/pay-outs', {
        params: { memberId: member.memberId },
        body: { ...body, idempotencyKey: key, storeId },
      }),
    onSuccess: async (done) => {
      await after()
      notice.success(`退了 ${formatFen(done.amountFen)}，余额还有 ${formatFen(done.availableFen)}`)
      close()
    },
    onError: () => void after(),
  })
  return (
    <SidePanel title={`给${member.name}退余额`} icon={HandCoins} close={close}>
      <div className="side-words value-form">
        <p>
          请核对证件尾号 <b>{member.holder?.documentTail}</b>（{member.holder?.name}），只退给本人。
        </p>
        {field}
        <Field
          id="value-out"
          label="退多少（元）"
          help={
            member.heldFen > 0
              ? `还有 ${formatFen(member.heldFen)} 被没付完的订单占着，不能退`
              : `最多 ${formatFen(member.availableFen)}，退现金`
          }
        >
          <Input
            id="value-out"
            value={amount}
            onChange={(event) => {
              setAmount(event.target.value)
            }}
          />
        </Field>
        <WordsField
          most={60}
          id="value-why"
          label="为什么退"
          placeholder="留在操作记录里"
          usual={REASONS}
          value={reason}
          change={(words) => {
            setReason(words)
          }}
        />
      </div>
      <footer>
        <Refusal error={payOut.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!read.ready || !at}
          loading={payOut.isPending}
          onClick={() => read.ready && at && payOut.mutate({ storeId: at, body: read.body })}
        >
          {read.ready ? `退现金 ${formatFen(read.body.amountFen)}` : '退现金'}
        </Button>
        {!at && <p className="quiet small">先选哪家店的柜台。</p>}
        {at && !read.ready && <p className="quiet small">{read.missing}。</p>}
      </footer>
    </SidePanel>
  )
}
