import type { Column } from '../../ui/table-parts.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { composition, type Level } from './model.ts'

const widest = 104

/** Where the pieces on hand are bound, as a bar; the numbers stand in the columns before it. */
export const CompositionBar = ({ level, most }: { level: Level; most: number }) => {
  const parts = composition(level)
  return (
    <span
      className="composition"
      role="img"
      aria-label={parts.map((part) => `${part.word} ${part.count}`).join('，')}
      style={{ width: Math.max(4, (level.onHand / most) * widest) }}
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

const number = (
  key: 'onHand' | 'reserved' | 'safety' | 'locked',
  title: string,
  width: number,
): Column<Level> => ({
  key,
  title,
  width,
  align: 'right',
  bone: 'short',
  cell: (level) => level[key],
})

interface ColumnChoice {
  withStore: boolean
  /** What an open drawer leaves: the sum always stays, what only helps goes first. */
  room: 'full' | 'some' | 'little'
  /** The most any row on this page has on hand: the bars are drawn to one scale. */
  most: number
}

const nameColumn: Column<Level> = {
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
}

const storeColumn: Column<Level> = {
  key: 'store',
  title: '门店',
  width: 64,
  bone: 'short',
  cell: (level) => <span className="quiet">{level.storeId}</span>,
}

const shelfColumn: Column<Level> = {
  key: 'shelf',
  title: '货位',
  width: 100,
  bone: 'short',
  cell: (level) => <span className="quiet nowrap">{level.shelf ?? '—'}</span>,
}

const availableColumn = (width: number): Column<Level> => ({
  key: 'available',
  title: '可售',
  width,
  align: 'right',
  bone: 'short',
  cell: (level) => <b className={level.available === 0 ? 'down sellable' : 'sellable'}>{level.available}</b>,
})

/** The list's columns: the sum from left to right. */
export const stockColumns = ({ withStore, room, most }: ColumnChoice): Column<Level>[] => {
  const full = room === 'full'
  const width = room === 'little' ? 56 : 72
  return [
    nameColumn,
    ...(withStore ? [storeColumn] : []),
    ...(full || (room === 'some' && !withStore) ? [shelfColumn] : []),
    number('onHand', '在手', width),
    number('reserved', '预占', width),
    number('safety', '安全', width),
    ...(full ? [number('locked', '活动锁', 80)] : []),
    availableColumn(width),
    {
      key: 'bar',
      title: full ? <Legend /> : '构成',
      name: '构成',
      width: full ? 150 : 124,
      cell: (level) => <CompositionBar level={level} most={most} />,
    },
  ]
}

const Legend = () => (
  <span className="legend">
    <i className="part-reserved" /> 预占 <i className="part-safety" /> 安全 <i className="part-sellable" />{' '}
    可售
  </span>
)
