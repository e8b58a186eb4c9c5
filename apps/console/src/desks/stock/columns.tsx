import type { Column } from '../../ui/data-table.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { composition, type Level } from './model.ts'

const widest = 90

/** Where the pieces on hand are bound, as a bar; the numbers stand in the columns before it. */
export const CompositionBar = ({ level }: { level: Level }) => {
  const parts = composition(level)
  return (
    <span
      className="composition"
      role="img"
      aria-label={parts.map((part) => `${part.word} ${part.count}`).join('，')}
      style={{ width: Math.min(widest, Math.max(6, level.onHand * 1.5)) }}
    >
      {parts.map(
        (part) =>
          part.count > 0 && (
            <i key={part.part} className={`part-${part.part}`} style={{ flexGrow: part.count }} />
          ),
      )}
    </span>
  )
}

/** The list's columns: the sum from left to right, with less beside an open drawer. */
export const stockColumns = ({
  withStore,
  narrow,
}: {
  withStore: boolean
  narrow: boolean
}): Column<Level>[] => [
  {
    key: 'name',
    title: '商品',
    bone: 'thumb',
    cell: (level) => (
      <span className="product-cell">
        <Thumb src={level.picture?.s} size={30} />
        <span>
          <b>{level.name}</b>
        </span>
      </span>
    ),
  },
  ...(withStore
    ? [
        {
          key: 'store',
          title: '门店',
          width: 70,
          bone: 'short' as const,
          cell: (level: Level) => <span className="quiet">{level.storeId}</span>,
        },
      ]
    : []),
  ...(narrow && withStore
    ? []
    : [
        {
          key: 'shelf',
          title: '货位',
          width: 100,
          bone: 'short' as const,
          cell: (level: Level) => <span className="quiet nowrap">{level.shelf ?? '—'}</span>,
        },
      ]),
  { key: 'onHand', title: '在手', width: 72, align: 'right', bone: 'short', cell: (level) => level.onHand },
  {
    key: 'reserved',
    title: '预占',
    width: 72,
    align: 'right',
    bone: 'short',
    cell: (level) => level.reserved,
  },
  { key: 'safety', title: '安全', width: 72, align: 'right', bone: 'short', cell: (level) => level.safety },
  ...(narrow
    ? []
    : [
        {
          key: 'locked',
          title: '活动锁',
          width: 80,
          align: 'right' as const,
          bone: 'short' as const,
          cell: (level: Level) => level.locked,
        },
      ]),
  {
    key: 'available',
    title: '可售',
    width: 72,
    align: 'right',
    bone: 'short',
    cell: (level) => (
      <b className={level.available === 0 ? 'down sellable' : 'sellable'}>{level.available}</b>
    ),
  },
  { key: 'bar', title: <Legend />, width: 120, cell: (level) => <CompositionBar level={level} /> },
]

const Legend = () => (
  <span className="legend">
    <i className="part-reserved" /> 预占 <i className="part-safety" /> 安全 <i className="part-sellable" />{' '}
    可售
  </span>
)
