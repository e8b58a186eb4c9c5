import { Input, InputNumber } from 'antd'
import { CopyPlus, Trash2 } from 'lucide-react'

import { parseDay, parseExpiry, type DraftLine, type EntryKind } from './entry-model.ts'

interface LinesProps {
  kind: EntryKind
  lines: readonly DraftLine[]
  faults: ReadonlyMap<string, string>
  change: (line: DraftLine, part: Partial<DraftLine>) => void
  remove: (line: DraftLine) => void
  split: (line: DraftLine) => void
}

// A day as it was typed, and under it how it was read: nobody should wonder what 261122 became.
const DayField = ({
  label,
  typed,
  read,
  change,
  hint,
}: {
  label: string
  typed: string
  read: string | undefined
  change: (typed: string) => void
  hint: string
}) => (
  <span className="day-field">
    <Input
      value={typed}
      maxLength={14}
      aria-label={label}
      placeholder={hint}
      onChange={(event) => change(event.target.value)}
    />
    {typed.trim() && read && read !== typed.trim() && <small className="quiet">{read}</small>}
  </span>
)

const Dates = ({ line, change }: { line: DraftLine; change: (part: Partial<DraftLine>) => void }) => {
  const madeOn = parseDay(line.made)
  return (
    <>
      <td>
        <Input
          value={line.batchNo}
          maxLength={40}
          aria-label={`${line.name} 批号`}
          placeholder="选填"
          onChange={(event) => change({ batchNo: event.target.value })}
        />
      </td>
      <td>
        <DayField
          label={`${line.name} 生产日期`}
          typed={line.made}
          read={madeOn}
          hint="261122"
          change={(made) => change({ made })}
        />
      </td>
      <td>
        <DayField
          label={`${line.name} 到期日`}
          typed={line.expires}
          read={parseExpiry(line.expires, madeOn)}
          hint="180天"
          change={(expires) => change({ expires })}
        />
      </td>
    </>
  )
}

const heads: Record<EntryKind, readonly string[]> = {
  receipts: ['批号', '生产日期', '到期日或保质期'],
  wastes: ['报后在手'],
  transfers: [],
}

const Row = ({
  kind,
  line,
  fault,
  ...act
}: Omit<LinesProps, 'lines' | 'faults'> & { line: DraftLine; fault: string | undefined }) => (
  <tr className={fault ? 'line-fault' : ''}>
    <td>
      <span className="entry-reason">{line.name}</span>
      <small className="entry-ref">
        {line.barcode}
        {line.lot && ` · ${line.lot.expiresOn} 到期的一批`}
      </small>
      {fault && <small className="field-fault">{fault}</small>}
    </td>
    <td className="num quiet nowrap">
      {line.onHand}
      {line.reserved > 0 && <small> 预占 {line.reserved}</small>}
    </td>
    <td className="num">
      <InputNumber
        min={1}
        max={100_000}
        precision={0}
        value={line.quantity}
        aria-label={`${line.name} 件数`}
        onChange={(quantity) => act.change(line, { quantity })}
      />
    </td>
    {kind === 'receipts' && <Dates line={line} change={(part) => act.change(line, part)} />}
    {kind === 'wastes' && <td className="num strong">{Math.max(0, line.onHand - (line.quantity ?? 0))}</td>}
    <td className="num nowrap">
      {kind === 'receipts' && (
        <button
          type="button"
          className="bare"
          onClick={() => act.split(line)}
          title="再来一批"
          aria-label={`${line.name} 再来一批`}
        >
          <CopyPlus size={15} />
        </button>
      )}
      <button
        type="button"
        className="bare"
        onClick={() => act.remove(line)}
        title="去掉"
        aria-label={`去掉 ${line.name}`}
      >
        <Trash2 size={15} />
      </button>
    </td>
  </tr>
)

/** The lines of a document being written, newest scan on top. */
export const EntryLines = ({ kind, lines, faults, ...act }: LinesProps) => (
  <table className="plain-table entry-lines">
    <thead>
      <tr>
        <th>商品</th>
        <th className="num">现在在手</th>
        <th className="num">件数</th>
        {heads[kind].map((word) => (
          <th key={word} className={kind === 'wastes' ? 'num' : ''}>
            {word}
          </th>
        ))}
        <th aria-label="改" />
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <Row key={line.id} kind={kind} line={line} fault={faults.get(line.id)} {...act} />
      ))}
    </tbody>
  </table>
)
