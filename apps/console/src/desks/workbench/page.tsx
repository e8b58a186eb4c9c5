import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useLive } from '../../shell/live.ts'
import { useScope } from '../../shell/scope.ts'
import { useStaff } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { solarTerm } from '../../ui/solar-term.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { businessDay, greeting, longDay } from '../../ui/time.ts'
import { givenName } from '../../ui/who.ts'
import { StoresBones, TodayBones } from './bones.tsx'
import { Figures } from './figures.tsx'
import { HoursChart } from './hours-chart.tsx'
import { headline } from './model.ts'
import { NewestOrders } from './newest-orders.tsx'
import { StoresCard, TodoCard } from './parts.tsx'
import './side.css'
import './today.css'

const DayLine = ({ at }: { at: number | string }) => {
  const term = solarTerm(businessDay(at))
  return (
    <p className="quiet small day-line">
      {longDay(at)}
      {term && ` · ${term}`}
    </p>
  )
}

/** 工作台: how today goes, what to do first, and the orders as they come in. */
export default function WorkbenchPage() {
  const { storeId } = useScope()
  const staff = useStaff()
  const live = useLive()
  const bench = useQuery({
    queryKey: ['workbench', storeId],
    queryFn: () => api('GET /console/v1/workbench', { query: storeId ? { storeId } : {} }),
    refetchInterval: live.state === 'live' ? 60_000 : 20_000,
  })
  const name = givenName(staff?.name ?? '')
  return (
    <>
      <div className="bench-head">
        <DayLine at={bench.data?.asOf ?? Date.now()} />
        <PageHead title={bench.data ? headline(name, bench.data) : `${greeting(Date.now())}，${name}`}>
          {bench.data && <Freshness at={bench.dataUpdatedAt} />}
        </PageHead>
      </div>
      <div className="workbench">
        <div>
          {bench.isPending && <TodayBones />}
          {bench.isPending && <StoresBones />}
          {bench.isError && !bench.data && (
            <Card>
              <ErrorState title="今天的数字没取回来" error={bench.error} retry={() => void bench.refetch()} />
            </Card>
          )}
          {bench.data && (
            <>
              <Card className="today-card">
                <Figures bench={bench.data} />
                <HoursChart bench={bench.data} />
              </Card>
              <StoresCard bench={bench.data} />
            </>
          )}
        </div>
        <aside>
          {bench.data && <TodoCard bench={bench.data} />}
          {bench.isPending && (
            <Card title="先做这几件">
              <Bones lines={5} />
            </Card>
          )}
          <NewestOrders storeId={storeId} />
        </aside>
      </div>
    </>
  )
}
