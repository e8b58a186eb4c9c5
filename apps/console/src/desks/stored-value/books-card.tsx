import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Popconfirm, Switch } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { fenToField, formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { agrees, LEGAL_MOST_FEN, owed, termsOf, type Books, type Terms } from './model.ts'

/** 应付顾客: what the chain owes its members, and the sum behind it. */
export const OwedCard = ({ books }: { books: Books }) => (
  <Card title="应付顾客" note={`${books.accounts} 个账户`}>
    <div className="value-owed">
      <b className="money-hero num">{formatFen(owed(books))}</b>
      <p className="quiet small">
        可用 {formatFen(books.availableFen)}，下单占用 {formatFen(books.heldFen)}
      </p>
      <dl className="sums">
        <div>
          <dt>收进来的充值</dt>
          <dd className="num">{formatFen(books.toppedUpFen)}</dd>
        </div>
        <div>
          <dt>买东西用掉（减退款退回）</dt>
          <dd className="num">{formatFen(-books.spentFen)}</dd>
        </div>
        <div>
          <dt>退给顾客的余额</dt>
          <dd className="num">{formatFen(-books.paidOutFen)}</dd>
        </div>
        <div className="value-sum">
          <dt>{agrees(books) ? '和流水对得上' : '和流水对不上，请联系技术同事'}</dt>
          <dd className="num strong">{formatFen(books.toppedUpFen - books.spentFen - books.paidOutFen)}</dd>
        </div>
      </dl>
    </div>
  </Card>
)

/** The chain's switch and limit; head office alone may turn it. */
export const TermsCard = ({ books: { terms } }: { books: Books }) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const may = useMay('value.terms')
  const [limit, setLimit] = useState(fenToField(terms?.maxBalanceFen ?? LEGAL_MOST_FEN))
  const [filingNo, setFilingNo] = useState(terms?.filingNo ?? '')
  const open = terms?.open ?? false
  const save = useMutation({
    mutationFn: (body: Terms) => api('PUT /console/v1/stored-value/terms', { body }),
    onSuccess: (now) => {
      queries.setQueryData(['stored-value'], now)
      notice.success(now.terms?.open ? '储值余额开着，马上生效' : '储值余额关了，马上生效')
    },
  })
  const wanted = termsOf({ open, limit, filingNo })
  const changed =
    wanted !== undefined &&
    terms !== null &&
    (wanted.maxBalanceFen !== terms.maxBalanceFen || wanted.filingNo !== terms.filingNo)
  return (
    <Card
      title="全连锁开关"
      extra={
        <Popconfirm
          title="关掉储值余额？"
          description="不能再充值，也不能用余额下单；已有的余额照样能退。"
          okText="关掉"
          cancelText="不关"
          disabled={!open || !may}
          onConfirm={() => wanted && save.mutate({ ...wanted, open: false })}
        >
          <Switch
            checked={open}
            disabled={!may || !wanted}
            loading={save.isPending}
            aria-label="储值余额"
            onChange={(next) => next && wanted && save.mutate({ ...wanted, open: true })}
          />
        </Popconfirm>
      }
    >
      <div className="value-terms">
        <p className="quiet small">
          预付卡是有规矩的：记名，每人最多 ¥5,000，没有有效期；开办 30
          日内向商务部门备案。开之前请让法务确认。
        </p>
        <Field
          id="value-limit"
          label="每人余额上限（元）"
          fault={wanted ? undefined : '填 100 到 5,000 之间的数'}
        >
          <Input
            id="value-limit"
            value={limit}
            disabled={!may}
            onChange={(event) => setLimit(event.target.value)}
          />
        </Field>
        <Field id="value-filing" label="备案号" optional>
          <Input
            id="value-filing"
            value={filingNo}
            maxLength={40}
            disabled={!may}
            onChange={(event) => setFilingNo(event.target.value)}
          />
        </Field>
        <Refusal error={save.error} />
        {changed && (
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(wanted)}>
            保存
          </Button>
        )}
      </div>
    </Card>
  )
}
