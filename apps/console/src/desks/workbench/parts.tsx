import {
  Banknote,
  CircleAlert,
  Clock3,
  CloudOff,
  FileWarning,
  MessageCircleQuestion,
  PackageOpen,
  PackageX,
  RotateCcw,
  Scale,
  Truck,
  UserPlus,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { duration, hourMinuteSecond } from '../../ui/time.ts'
import { mergeTodo, storeTotals, todoWords, type StoreRow, type TodoItem, type Workbench } from './model.ts'

const icons: Record<TodoItem['kind'], { icon: LucideIcon; tone: string }> = {
  pickup_overdue: { icon: Clock3, tone: 'red' },
  payment_alarm: { icon: CircleAlert, tone: 'red' },
  refund_failed: { icon: RotateCcw, tone: 'amber' },
  aftersale_waiting: { icon: MessageCircleQuestion, tone: 'amber' },
  aftersale_failed: { icon: RotateCcw, tone: 'red' },
  sold_out: { icon: PackageX, tone: 'amber' },
  stock_sums: { icon: Scale, tone: 'red' },
  points_sums: { icon: Scale, tone: 'red' },
  value_sums: { icon: Scale, tone: 'red' },
  feed_stale: { icon: CloudOff, tone: 'red' },
  feed_refused: { icon: FileWarning, tone: 'amber' },
  commission_application: { icon: UserPlus, tone: 'slate' },
  commission_withdrawal: { icon: Banknote, tone: 'amber' },
  commission_sums: { icon: Scale, tone: 'red' },
  campaign_short: { icon: PackageOpen, tone: 'amber' },
  presale_due: { icon: Truck, tone: 'red' },
  job_failing: { icon: Wrench, tone: 'slate' },
}

const TodoRow = ({ item, storeName }: { item: TodoItem; storeName: string | undefined }) => {
  const now = useNow()
  const { path } = useScope()
  const { icon: Icon, tone } = icons[item.kind]
  const { title, detail, act } = todoWords(item)
  const where = [storeName, detail].filter(Boolean).join(' · ')
  const since = item.since ? duration((now - Date.parse(item.since)) / 1000) : undefined
  return (
    <li className="todo">
      <i className={`todo-icon todo-${tone}`} aria-hidden="true">
        <Icon size={15} />
      </i>
      <span>
        <b className="clip">{title}</b>
        <small>
          {since && <b className={tone === 'red' ? 'down' : ''}>已过 {since}</b>}
          {since && where && ' · '}
          {where}
        </small>
      </span>
      {act && (
        <Link className="todo-act" to={path(act.to)}>
          {act.verb}
        </Link>
      )}
    </li>
  )
}

const shownAtFirst = 5

/** What to do first. Every row is a fact the server counted just now; nothing is on this list for decoration. */
export const TodoCard = ({ bench }: { bench: Workbench }) => {
  const { stores } = useScope()
  const [all, setAll] = useState(false)
  const nameOf = (storeId: string | null) => stores?.find((store) => store.id === storeId)?.name
  const todo = mergeTodo(bench.todo)
  const shown = all ? todo : todo.slice(0, shownAtFirst)
  return (
    <Card
      title="先做这几件"
      note={todo.length > 1 ? '等得久的在前' : undefined}
      extra={
        todo.length > shownAtFirst && (
          <button type="button" className="bare go" onClick={() => setAll(!all)}>
            {all ? '收起' : `全部 ${todo.length} 件`}
          </button>
        )
      }
    >
      {todo.length === 0 ? (
        <p className="card-empty quiet">没有要紧的事。自提没有误点，收款都对得上，在架的都有货。</p>
      ) : (
        <ul>
          {shown.map((item) => (
            <TodoRow
              key={`${item.kind}-${item.storeId}-${item.detail}`}
              item={item}
              storeName={nameOf(item.storeId)}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

const Progress = ({ store, longest }: { store: StoreRow; longest: number }) => {
  const all = store.toPack + store.ready + store.handed
  if (all === 0) return <span className="quiet">今天没有自提单</span>
  const part = (count: number) => ({ flexGrow: count, display: count === 0 ? 'none' : undefined })
  return (
    <span
      className="progress"
      role="img"
      aria-label={`备货中 ${store.toPack} 单，待自提 ${store.ready} 单，已取走 ${store.handed} 单`}
      style={{ width: `${Math.max(8, (all / longest) * 100)}%` }}
    >
      <i className="progress-pack" style={part(store.toPack)} />
      <i className="progress-ready" style={part(store.ready)} />
      <i className="progress-handed" style={part(store.handed)} />
    </span>
  )
}

const StoreLine = ({ store, longest }: { store: StoreRow; longest: number }) => (
  <tr>
    <td className="nowrap">
      <span className="quiet small store-code">{store.storeId}</span> <b className="strong">{store.name}</b>
    </td>
    <td className="num">{store.orders}</td>
    <td className="num">{formatFen(store.paidFen)}</td>
    <td className="progress-cell">
      <Progress store={store} longest={longest} />
    </td>
    <td className="small nowrap store-counts">
      <Link to={`/orders?store=${store.storeId}&state=PAID`} title="备货中">
        {store.toPack}
      </Link>
      {' · '}
      <Link to={`/orders?store=${store.storeId}&state=READY`} title="待自提">
        {store.ready}
      </Link>
      {' · '}
      {store.handed}
    </td>
    <td>
      {store.soldOut > 0 ? (
        <Link to={`/stock?store=${store.storeId}&only=sold_out`}>
          <StateTag tone="waiting">{store.soldOut} 个卖完</StateTag>
        </Link>
      ) : (
        <span className="quiet">都有货</span>
      )}
    </td>
  </tr>
)

const Legend = () => (
  <>
    <span>
      <i className="key key-now" /> 备货中
    </span>
    <span>
      <i className="key key-ready" /> 待自提
    </span>
    <span>
      <i className="key key-before" /> 已取走
    </span>
  </>
)

const TotalLine = ({ bench }: { bench: Workbench }) => {
  const totals = storeTotals(bench.stores)
  return (
    <tfoot>
      <tr>
        <td>合计</td>
        <td className="num">{totals.orders}</td>
        <td className="num">{formatFen(totals.paidFen)}</td>
        <td className="quiet small" colSpan={2}>
          备货中 {totals.toPack} · 待自提 {totals.ready} · 已取走 {totals.handed}
        </td>
        <td className="quiet small">截至 {hourMinuteSecond(bench.asOf)}</td>
      </tr>
    </tfoot>
  )
}

/** Pickup store by store; the total row adds up to the figures above. */
export const StoresCard = ({ bench }: { bench: Workbench }) => {
  const totals = storeTotals(bench.stores)
  const longest = Math.max(1, ...bench.stores.map((store) => store.toPack + store.ready + store.handed))
  return (
    <Card
      title="各店自提"
      note={`备货中 ${totals.toPack} 单，待自提 ${totals.ready} 单`}
      extra={<Legend />}
      className="stores-card"
    >
      <table className="plain-table">
        <thead>
          <tr>
            <th>门店</th>
            <th className="num">今日单</th>
            <th className="num">今日实付</th>
            <th>自提进度</th>
            <th>
              <span className="sr-only">备货中、待自提、已取走</span>
            </th>
            <th>在架缺货</th>
          </tr>
        </thead>
        <tbody>
          {bench.stores.map((store) => (
            <StoreLine key={store.storeId} store={store} longest={longest} />
          ))}
        </tbody>
        {bench.stores.length > 1 && <TotalLine bench={bench} />}
      </table>
    </Card>
  )
}
