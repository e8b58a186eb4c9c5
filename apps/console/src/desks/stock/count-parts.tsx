import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { api, problemOf } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { countOutcome, differenceOf, type DocumentLine, type StockDocument } from './document-model.ts'
import { faultsByLine } from './entry-model.ts'
import { signed, type Level } from './model.ts'

/** The number on the shelf, asked for right after the scan: number, Enter, next. */
export const Ask = ({
  level,
  before,
  busy,
  say,
  skip,
}: {
  level: Level
  before: DocumentLine | undefined
  busy: boolean
  say: (counted: number) => void
  skip: () => void
}) => {
  const [counted, setCounted] = useState<number | null>(null)
  return (
    <form
      className="count-ask"
      onSubmit={(event) => {
        event.preventDefault()
        if (counted !== null) say(counted)
      }}
    >
      <div>
        <b>{level.name}</b>
        <small className="quiet">
          {[level.barcode, level.shelf].filter(Boolean).join(' · ')}
          {before && `　刚才数过 ${before.counted}，再填就换成新的`}
        </small>
      </div>
      <InputNumber
        autoFocus
        size="large"
        min={0}
        max={100_000}
        precision={0}
        value={counted}
        placeholder={`数到几${level.unit}`}
        aria-label={`${level.name} 数到几件`}
        onChange={setCounted}
      />
      <Button type="primary" size="large" htmlType="submit" disabled={counted === null} loading={busy}>
        记下
      </Button>
      <Button size="large" onClick={skip}>
        跳过
      </Button>
      {level.reserved > 0 && (
        <p className="count-tip small">有 {level.reserved} 件顾客已下单：备好的袋子里的也要数进去。</p>
      )}
    </form>
  )
}

/** One counted line; in review with the difference it will make. */
export const CountLine = ({
  line,
  review,
  fault,
  again,
  drop,
}: {
  line: DocumentLine
  review: boolean
  fault: string | undefined
  again: () => void
  drop: (() => void) | undefined
}) => {
  const now = useNow()
  const { delta, after, short } = differenceOf(line)
  return (
    <tr className={fault ? 'line-fault' : ''}>
      <td>
        <span className="entry-reason">{line.name}</span>
        <small className="entry-ref">{[line.barcode, line.shelf].filter(Boolean).join(' · ')}</small>
        {fault && <small className="field-fault">这一行要重数：{fault}</small>}
        {review && short > 0 && <small className="field-fault">入账后欠 {short} 件，顾客已经下单</small>}
      </td>
      {review && <td className="num quiet">{line.onHandThen}</td>}
      <td className="num strong">{line.counted}</td>
      {review && (
        <td className={`num strong ${delta < 0 ? 'down' : delta > 0 ? 'up' : ''}`}>{signed(delta)}</td>
      )}
      {review && (
        <td className="num quiet nowrap">
          {line.onHand} → <b className="strong entry-after">{after}</b>
        </td>
      )}
      <td className="quiet small nowrap">
        {whoWords(line.countedBy ?? '')} {line.countedAt && when(line.countedAt, now)}
      </td>
      <td className="num nowrap">
        {drop && (
          <>
            <button type="button" className="bare go small" onClick={again}>
              重数
            </button>
            <button type="button" className="bare" onClick={drop} aria-label={`去掉 ${line.name}`}>
              <Trash2 size={15} />
            </button>
          </>
        )}
      </td>
    </tr>
  )
}

/** What posting comes to, and the button that does it. */
export const Post = ({
  document,
  onStale,
}: {
  document: StockDocument
  onStale: (faults: ReadonlyMap<string, string>) => void
}) => {
  const [key] = useState(() => crypto.randomUUID())
  const { go } = useScope()
  const notice = useNotice()
  const queries = useQueryClient()
  const { differing, pieces, lines, short } = countOutcome(document.items)
  const post = useMutation({
    mutationFn: () =>
      api('POST /console/v1/stock-documents/:documentId/posting', {
        params: { documentId: document.id },
        body: { idempotencyKey: key },
      }),
    onSuccess: async ({ no }) => {
      notice.success(`${no} 已入账，${differing.length} 处差异`)
      await queries.invalidateQueries()
      go('/stock/counts')
    },
    onError: (error) => onStale(faultsByLine(problemOf(error))),
  })
  return (
    <footer className="count-foot">
      <span>
        数了 {lines} 种，
        {differing.length === 0 ? '和账面都一样' : `${differing.length} 种有差，合计 ${signed(pieces)} 件`}
        {short.length > 0 && <b className="down">　{short.length} 种会欠货</b>}
      </span>
      <Refusal error={post.error} />
      <Button
        type="primary"
        size="large"
        disabled={lines === 0}
        loading={post.isPending}
        onClick={() => post.mutate()}
      >
        {differing.length === 0 ? '入账，没有差异' : `入账 ${signed(pieces)} 件`}
      </Button>
    </footer>
  )
}
