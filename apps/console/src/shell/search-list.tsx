import type { ReactNode } from 'react'

import { stateTag } from '../desks/orders/model.ts'
import { Money } from '../ui/money.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { Thumb } from '../ui/thumb.tsx'
import { when } from '../ui/time.ts'
import { markMatch } from './guess.ts'
import type { Found } from './search-preview.tsx'

const Marked = ({ text, word }: { text: string; word: string }) => {
  const [before, match, after] = markMatch(text, word)
  return (
    <>
      {before}
      {match && <mark>{match}</mark>}
      {after}
    </>
  )
}

interface RowProps {
  here: boolean
  open: (newTab: boolean) => void
  pick: () => void
  children: ReactNode
}

const FoundRow = ({ here, open, pick, children }: RowProps) => (
  <button
    type="button"
    role="option"
    aria-selected={here}
    tabIndex={-1}
    className={here ? 'bare found found-here' : 'bare found'}
    onMouseEnter={pick}
    onClick={(event) => open(event.metaKey || event.ctrlKey)}
  >
    {children}
  </button>
)

const Words = ({ row, word }: { row: Found; word: string }) =>
  row.kind === 'order' ? (
    <>
      <Thumb src={row.order.pictures[0]?.picture?.s} size={36} />
      <span>
        <b>
          <Marked text={row.order.no} word={word} />
        </b>
        <small>
          {row.order.storeName} · {orderGoods(row.order)} · {when(row.order.placedAt, Date.now())}
        </small>
      </span>
      <StateTag tone={stateTag(row.order.state).tone}>{stateTag(row.order.state).word}</StateTag>
      <Money fen={row.order.totalFen} />
    </>
  ) : (
    <>
      <Thumb src={row.product.picture?.s} size={36} />
      <span>
        <b>
          <Marked text={row.product.name} word={word} />
        </b>
        <small>
          <Marked text={row.product.barcode} word={word} /> · {row.product.unit}
        </small>
      </span>
    </>
  )

const orderGoods = ({ pictures: [first], pieces }: Extract<Found, { kind: 'order' }>['order']): string =>
  first ? `${first.name}等 ${pieces} 件` : `${pieces} 件`

interface FoundListProps {
  rows: readonly Found[]
  here: Found | undefined
  word: string
  open: (row: Found, newTab: boolean) => void
  pick: (row: Found) => void
}

/** What was found, orders before products. */
export const FoundList = ({ rows, here, word, open, pick }: FoundListProps) => {
  const kinds = [
    { title: '订单', rows: rows.filter((row) => row.kind === 'order') },
    { title: '商品', rows: rows.filter((row) => row.kind === 'product') },
  ]
  return kinds.map(
    (kind) =>
      kind.rows.length > 0 && (
        <div key={kind.title} role="group" aria-label={kind.title}>
          <h3>
            {kind.title} {kind.rows.length}
          </h3>
          {kind.rows.map((row) => (
            <FoundRow
              key={row.kind === 'order' ? row.order.id : row.product.id}
              here={row === here}
              open={(newTab) => open(row, newTab)}
              pick={() => pick(row)}
            >
              <Words row={row} word={word} />
            </FoundRow>
          ))}
        </div>
      ),
  )
}
