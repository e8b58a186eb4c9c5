import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { PackageCheck } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { formatFen } from '../../ui/fen.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { type Aftersale, reasonWords } from './model.ts'
import { useDeed } from './page-data.ts'

const Found = ({ asked }: { asked: Aftersale }) => (
  <div className="after-found">
    <p>
      <b>{asked.memberName}</b>
      <span className="quiet"> {asked.phoneTail ? `尾号 ${asked.phoneTail}` : '没有绑手机'}</span>
    </p>
    <ul>
      {asked.lines.map((line) => (
        <li key={line.lineNo}>
          <Thumb src={line.picture?.s} size={36} />
          <span>{line.name}</span>
          <b>
            × {line.quantity} {line.unit}
          </b>
        </li>
      ))}
    </ul>
    <p className="quiet small">
      {asked.storeName} 卖出 · {reasonWords[asked.reason]} ·{' '}
      {asked.kind === 'exchange' ? '换货' : `验收通过退 ${formatFen(asked.amountFen)}`}
    </p>
  </div>
)

/** Goods on the counter: the code the shopper tells, what it stands for, and only then the receipt. */
export const ReturnPanel = ({ close }: { close: () => void }) => {
  const { storeId: chosen, stores = [], go } = useScope()
  const [storeId, setStoreId] = useState(chosen ?? (stores.length === 1 ? stores[0]?.id : undefined))
  const [code, setCode] = useState('')
  const digits = code.replaceAll(/\D/g, '')
  const ready = storeId !== undefined && digits.length === 10
  const body = { storeId: storeId ?? '', code: digits }
  const check = useMutation({ mutationFn: () => api('POST /console/v1/return-checks', { body }) })
  const collects = check.data?.state === 'WAIT_COLLECT'
  const receive = useDeed(
    () =>
      collects ? api('POST /console/v1/exchanges', { body }) : api('POST /console/v1/returns', { body }),
    (now) => (now.state === 'DONE' ? '换好了' : '收到了，接着验收'),
    (now) => go(`/aftersales/${now.id}`),
  )
  const found = check.data
  return (
    <SidePanel title="收退货、交换货" icon={PackageCheck} close={close}>
      <form
        className="side-words after-receive"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) check.mutate()
        }}
      >
        <Field id="return-store" label="货在哪家店">
          <Select
            id="return-store"
            value={storeId ?? null}
            placeholder="选一家"
            options={stores.map((store) => ({ value: store.id, label: store.name }))}
            onChange={(id: string) => {
              setStoreId(id)
              check.reset()
            }}
          />
        </Field>
        <Field
          id="return-code"
          label="退货码或换货码"
          help="顾客的售后详情里，10 位数字。哪家店卖的都可以收。"
        >
          <Input
            id="return-code"
            size="large"
            inputMode="numeric"
            autoComplete="off"
            autoFocus
            maxLength={14}
            value={code}
            placeholder="0000 0000 00"
            onChange={(event) => {
              setCode(event.target.value.replaceAll(/[^\d ]/g, ''))
              check.reset()
            }}
          />
        </Field>
        {found ? (
          <Found asked={found} />
        ) : (
          <Button htmlType="submit" disabled={!ready} loading={check.isPending}>
            看看是什么
          </Button>
        )}
        <Refusal error={check.error} />
      </form>
      <footer>
        <Refusal error={receive.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!found}
          loading={receive.isPending}
          onClick={() => receive.mutate(undefined)}
        >
          {collects ? '点过了，换给顾客' : '货收到了，去验收'}
        </Button>
        {!found && <p className="quiet small">先对码，看清是什么货。</p>}
      </footer>
    </SidePanel>
  )
}
