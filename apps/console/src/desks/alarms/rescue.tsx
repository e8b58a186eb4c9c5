import { Button, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'

import { Field } from '../../ui/field.tsx'
import { formatFen } from '../../ui/fen.ts'
import { Refusal } from '../../ui/states.tsx'
import { banks, cardDigits, isCard, looksMistyped, type Alarm, type BankType } from './model.ts'
import { useSend, useToAccount, useToCard } from './page-data.ts'

interface Rescue {
  alarm: Alarm
  refund: NonNullable<Alarm['refund']>
}

const Send = ({ alarm, refund }: Rescue) => {
  const send = useSend(alarm.id)
  return (
    <div className="rescue">
      <Button type="primary" block loading={send.isPending} onClick={() => send.mutate(undefined)}>
        {refund.state === 'PENDING' ? `用原单号再发 ${formatFen(refund.amountFen)}` : '再问一次微信'}
      </Button>
      <p className="quiet small">单号不变，微信只退一次。系统自己也会接着试。</p>
      <Refusal error={send.error} />
    </div>
  )
}

const banksToChoose = Object.entries(banks).map(([value, label]) => ({ value: value as BankType, label }))

const CardForm = ({ alarm, refund }: Rescue) => {
  const [bankType, choose] = useState<BankType>()
  const [account, setAccount] = useState('')
  const [realName, setName] = useState('')
  const toCard = useToCard(alarm.id)
  const name = realName.trim()
  const ready = bankType !== undefined && isCard(account) && name !== ''
  return (
    <form
      className="rescue"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (bankType && ready) toCard.mutate({ bankType, bankAccount: cardDigits(account), realName: name })
      }}
    >
      <h3>改退到顾客的银行卡</h3>
      <Field id="rescue-bank" label="开户银行（借记卡）">
        <Select
          id="rescue-bank"
          showSearch
          optionFilterProp="label"
          placeholder="选一家"
          value={bankType ?? null}
          options={banksToChoose}
          onChange={(bank) => choose(bank ?? undefined)}
        />
      </Field>
      <Field
        id="rescue-card"
        label="卡号"
        fault={looksMistyped(account) ? '多半输错了一位，和顾客核对一遍' : undefined}
      >
        <Input
          id="rescue-card"
          inputMode="numeric"
          maxLength={30}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
      </Field>
      <Field id="rescue-name" label="户名">
        <Input
          id="rescue-name"
          maxLength={40}
          value={realName}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="primary" htmlType="submit" block disabled={!ready} loading={toCard.isPending}>
        退 {formatFen(refund.amountFen)} 到这张卡
      </Button>
      <p className="quiet small">卡号和户名加密后直接交给微信，我们不保存，记录里也没有。</p>
      <Refusal error={toCard.error} />
    </form>
  )
}

const ToAccount = ({ alarm, refund }: Rescue) => {
  const toAccount = useToAccount(alarm.id)
  return (
    <div className="rescue rescue-other">
      <Popconfirm
        title={`${formatFen(refund.amountFen)} 退到商户账户？`}
        description="顾客不会从微信收到这笔钱，要另想办法退给他，再写明。"
        okText="退到商户账户"
        cancelText="再想想"
        onConfirm={() => toAccount.mutate(undefined)}
      >
        <Button block loading={toAccount.isPending}>
          顾客没有能用的卡，退到商户账户
        </Button>
      </Popconfirm>
      <Refusal error={toAccount.error} />
    </div>
  )
}

/** The ways on for a refund that did not arrive; what is not possible now is not offered. */
export const RescueForms = ({ alarm }: { alarm: Alarm }) => {
  const { refund, deeds } = alarm
  if (!refund) return null
  return (
    <>
      {deeds.includes('send') && <Send alarm={alarm} refund={refund} />}
      {deeds.includes('redirect') && (
        <>
          <CardForm alarm={alarm} refund={refund} />
          <ToAccount alarm={alarm} refund={refund} />
        </>
      )}
    </>
  )
}
