import { Card } from '../../ui/card.tsx'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { TableFoot } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { givenName } from '../../ui/who.ts'
import { adviceOf, kinds, type Alarm } from './model.ts'
import { useAlarms } from './page-data.ts'
import { AlarmPanel } from './panel.tsx'
import './alarms.css'

const perPage = 20

const standingOf = ({ owner, resolution }: Alarm): string => {
  if (resolution) return resolution
  if (owner) return owner.mine ? '归我在办' : `${givenName(owner.name)} 在办`
  return '还没人认领'
}

interface RowProps {
  alarm: Alarm
  current: boolean
  open: () => void
}
const AlarmRow = ({ alarm, current, open }: RowProps) => {
  const now = useNow()
  return (
    <li className="alarm" aria-current={current || undefined}>
      <button type="button" onClick={open} aria-expanded={current}>
        <StateTag tone={alarm.resolvedAt ? 'done' : 'alarm'}>{kinds[alarm.kind]}</StateTag>
        <span>
          {alarm.detail}
          <small className="quiet">
            {when(alarm.at, now, true)}
            {!alarm.resolvedAt && ` · ${adviceOf(alarm)}`}
          </small>
        </span>
        <span className="small">
          {standingOf(alarm)}
          {alarm.resolvedAt && <small className="quiet">{when(alarm.resolvedAt, now)} 处理</small>}
        </span>
      </button>
    </li>
  )
}

const views = [
  { key: 'open', label: '等处理' },
  { key: 'mine', label: '归我的' },
  { key: 'all', label: '全部' },
] as const
type View = (typeof views)[number]['key']

const filterOf: Record<View, { open?: boolean; mine?: boolean }> = {
  open: { open: true },
  mine: { open: true, mine: true },
  all: {},
}
const nothing: Record<View, string> = {
  open: '收付款都对得上',
  mine: '没有归你的',
  all: '从来没有对不上的钱',
}

const tabsOf = (view: View, total: number | undefined) =>
  views.map(({ key, label }) => ({
    key,
    label,
    count: key === view ? total : undefined,
    change: { view: key === 'open' ? undefined : key, alarm: undefined },
    on: key === view,
  }))

/** 收付款核对: money that did not fit, or did not arrive. Each waits for a person, who says how it was settled. */
export default function AlarmsPage() {
  const { params, change } = useUrlFilters()
  const view = views.find(({ key }) => key === params.get('view'))?.key ?? 'open'
  const open = params.get('alarm') ?? undefined
  const page = pageOf(params)
  const alarms = useAlarms({ ...filterOf[view], page, limit: perPage })
  const { data } = alarms
  const show = (id: string | undefined) => change({ alarm: id, page: String(page) })
  const pager = {
    at: page,
    size: perPage,
    total: data?.total ?? 0,
    change: (to: number) => change({ page: String(to) }),
  }
  return (
    <div className="list-page">
      <PageHead title="收付款核对" note="对不上的钱先扣下，不当作已付；没退到的钱有人跟到底" />
      <div className={open ? 'alarms-body alarms-open' : 'alarms-body'}>
        <Card className="list-card">
          <CountTabs label="处理没有" tabs={tabsOf(view, data?.total)} />
          {alarms.isPending && <Bones lines={6} />}
          {alarms.isError && !data && (
            <ErrorState title="没取回来" error={alarms.error} retry={() => void alarms.refetch()} />
          )}
          {data?.items.length === 0 && (
            <EmptyState
              title={nothing[view]}
              text="金额、商户号、签名三项每一笔都查；对不上的、没退到的会出现在这里。"
            />
          )}
          <ul className="alarms">
            {data?.items.map((alarm) => (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                current={alarm.id === open}
                open={() => show(alarm.id === open ? undefined : alarm.id)}
              />
            ))}
          </ul>
          {data && data.total > perPage && <TableFoot page={pager} />}
        </Card>
        {open && <AlarmPanel id={open} close={() => show(undefined)} />}
      </div>
    </div>
  )
}
