import { useParams } from 'react-router'

import { useMay } from '../../session.ts'
import { useScope, useStores } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState, NoMatch } from '../../ui/states.tsx'
import { FeatureCard } from './feature-card.tsx'
import { FloorPlan } from './floor-plan.tsx'
import type { ConsoleStore } from './model.ts'
import { StoreForm } from './store-form.tsx'
import './stores.css'

const PlanCard = ({ store }: { store: ConsoleStore }) => {
  const used = store.zones.filter((zone) => store.floorPlan.shelves.some((shelf) => shelf.zone === zone.code))
  return (
    <Card title="平面图" note="字母和颜色跟店里的货架牌一样；货位写成 L02-3-2：区、货架、组、层">
      <div className="plan-card">
        <FloorPlan plan={store.floorPlan} zones={store.zones} detailed />
        <ul className="zones">
          {used.map((zone) => (
            <li key={zone.code}>
              <i style={{ color: zone.ink, background: zone.tint }}>{zone.code}</i>
              {zone.name}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

const Licences = ({ store }: { store: ConsoleStore }) => (
  <Card title="证照" note="顾客在「我的」→「隐私说明」里看得到">
    {store.licences.length === 0 ? (
      <p className="card-empty quiet">还没有录入证照。</p>
    ) : (
      <dl className="licences">
        {store.licences.map((licence) => (
          <div key={licence.number}>
            <dt>{licence.name}</dt>
            <dd>{licence.number}</dd>
          </div>
        ))}
      </dl>
    )}
  </Card>
)

/** 门店 · one store: what shoppers are told, what is switched on, and how the floor is laid out. */
export default function StorePage() {
  const { storeId = '' } = useParams()
  const { path } = useScope()
  const stores = useStores()
  const mayWrite = useMay('stores.write')
  const store = stores.data?.find((each) => each.id === storeId)
  const back = { to: path('/stores'), label: '回门店列表' }
  if (!store)
    return (
      <>
        <PageHead title="门店" back={back} />
        <Card>
          {stores.isPending && <Bones lines={8} />}
          {stores.isError && (
            <ErrorState title="门店没取回来" error={stores.error} retry={() => void stores.refetch()} />
          )}
          {stores.data && <NoMatch title={`没有 ${storeId} 这家店`} text="它可能不在你的管理范围里。" />}
        </Card>
      </>
    )
  return (
    <StoreForm key={store.id} store={store} back={back} disabled={!mayWrite}>
      <FeatureCard store={store} disabled={!mayWrite} />
      <PlanCard store={store} />
      <Licences store={store} />
    </StoreForm>
  )
}
