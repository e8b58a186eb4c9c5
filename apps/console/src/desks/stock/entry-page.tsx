import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'

import { problemOf } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import { businessDay } from '../../ui/time.ts'
import { EntryFields } from './entry-fields.tsx'
import { EntryLines } from './entry-lines.tsx'
import {
  addBatch,
  addScan,
  faultsByLine,
  lineFault,
  shortLines,
  totalsOf,
  wayOf,
  type Draft,
  type EntryKind,
} from './entry-model.ts'
import { sendDraft } from './entry-send.ts'
import { Scan } from './scan.tsx'
import { useEntry } from './use-entry.ts'
import './stock.css'
import './documents.css'

const words: Record<EntryKind, { title: string; button: string; done: string; list: string }> = {
  receipts: { title: '收货', button: '收进', done: '已入账', list: '/stock/receipts' },
  wastes: { title: '报损', button: '报损', done: '已报损', list: '/stock/wastes' },
  transfers: { title: '申请调拨', button: '申请', done: '已申请，等发货', list: '/stock/transfers' },
}

const faultsOf = (kind: EntryKind, { lines }: Draft, error: unknown): ReadonlyMap<string, string> => {
  const today = businessDay(Date.now())
  const refused = faultsByLine(problemOf(error))
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const fault = lineFault(kind, line, today) ?? refused.get(line.skuId)
      return fault ? [[line.id, fault]] : []
    }),
  )
}

/** What stands above the button: what it will come to, or what is still missing. */
const outcomeOf = (kind: EntryKind, draft: Draft, faults: number): { ready: boolean; text: string } => {
  const { skus, pieces } = totalsOf(draft.lines)
  if (!draft.storeId) return { ready: false, text: '先选门店' }
  if (kind === 'transfers' && !draft.otherStoreId) return { ready: false, text: '还没选对方是哪家店' }
  if (draft.lines.length === 0) return { ready: false, text: '还没扫商品' }
  if (faults > 0) return { ready: false, text: `${faults} 行还要改，红字写着为什么` }
  const sign = kind === 'receipts' ? '+' : '−'
  return {
    ready: true,
    text:
      kind === 'transfers'
        ? `${wayOf(draft).from} → ${wayOf(draft).to}，${skus} 种 ${pieces} 件；发货前库存不动`
        : `${draft.storeId} 在手 ${sign}${pieces}，${skus} 种`,
  }
}

const ShortWarning = ({
  draft,
  accepted,
  accept,
}: {
  draft: Draft
  accepted: boolean
  accept: (yes: boolean) => void
}) => {
  const short = shortLines(draft.lines)
  if (short.length === 0) return null
  return (
    <div className="entry-short" role="alert">
      <p>
        {[...new Set(short.map((line) => line.name))].join('、')}
        ：报完不够交已下的单。货真没了就勾上，这几样会进「欠货」，请去退款或补货。
      </p>
      <Checkbox checked={accepted} onChange={(event) => accept(event.target.checked)}>
        货确实没了
      </Checkbox>
    </div>
  )
}

const EntryPage = ({ kind }: { kind: EntryKind }) => {
  const { storeId, path, go } = useScope()
  const { draft, change, clear, idempotencyKey } = useEntry(kind, storeId)
  const [accepted, setAccepted] = useState(false)
  const notice = useNotice()
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: () => sendDraft(kind, draft, { idempotencyKey, shortAccepted: accepted }),
    onSuccess: async ({ no }) => {
      notice.success(`${no} ${words[kind].done}`)
      clear()
      await queries.invalidateQueries()
      go(words[kind].list)
    },
  })
  const faults = faultsOf(kind, draft, send.error)
  const outcome = outcomeOf(kind, draft, faults.size)
  const short = kind === 'wastes' && shortLines(draft.lines).length > 0
  const { title, button, list } = words[kind]
  const edit = (part: Parameters<typeof change>[0]) => {
    send.reset()
    change(part)
  }
  return (
    <div className="entry">
      <PageHead title={title} back={{ to: path(list), label: `回${title}单` }}>
        {draft.lines.length > 0 && <span className="quiet small">草稿存在这台电脑上</span>}
        {draft.lines.length > 0 && <Button onClick={clear}>清空</Button>}
      </PageHead>
      <div className="entry-body">
        <section className="card entry-main">
          {draft.storeId ? (
            <Scan
              key={draft.storeId}
              storeId={draft.storeId}
              found={(level, quantity) =>
                edit((now) => ({
                  storeId: draft.storeId,
                  lines: addScan(now.lines, level, quantity, crypto.randomUUID()),
                }))
              }
            />
          ) : (
            <EmptyState title="先选一家店" text="在右边选门店，再开始扫。" />
          )}
          {draft.lines.length > 0 && (
            <EntryLines
              kind={kind}
              lines={draft.lines}
              faults={faults}
              change={(line, part) =>
                edit((now) => ({
                  lines: now.lines.map((each) => (each.id === line.id ? { ...each, ...part } : each)),
                }))
              }
              remove={(line) => edit((now) => ({ lines: now.lines.filter((each) => each.id !== line.id) }))}
              split={(line) => edit((now) => ({ lines: addBatch(now.lines, line, crypto.randomUUID()) }))}
            />
          )}
          {draft.storeId && draft.lines.length === 0 && (
            <EmptyState
              title="等着扫第一件"
              text="光标已经在扫码框里。同一个条码再扫一次就加一件；没有条码就输名称。"
            />
          )}
        </section>
        <aside className="card entry-side">
          <EntryFields kind={kind} draft={draft} change={edit} />
          <footer>
            {short && <ShortWarning draft={draft} accepted={accepted} accept={setAccepted} />}
            <p className={outcome.ready ? 'strong' : 'quiet'}>{outcome.text}</p>
            <Refusal error={send.error} />
            <Button
              type="primary"
              size="large"
              block
              disabled={!outcome.ready || (short && !accepted)}
              loading={send.isPending}
              onClick={() => send.mutate()}
            >
              {button} {totalsOf(draft.lines).pieces} 件
            </Button>
          </footer>
        </aside>
      </div>
    </div>
  )
}

export const NewReceipt = () => <EntryPage key="receipts" kind="receipts" />
export const NewWaste = () => <EntryPage key="wastes" kind="wastes" />
export const NewTransfer = () => <EntryPage key="transfers" kind="transfers" />
