import { Link } from 'react-router'

import { useScope, useStores } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { FloorPlan } from './floor-plan.tsx'
import { features, type ConsoleStore } from './model.ts'
import { OpenTag } from './open-tag.tsx'
import './stores.css'

const StoreCard = ({ store }: { store: ConsoleStore }) => {
  const { path } = useScope()
  return (
    <Link to={path(`/stores/${store.id}`)} className="card store-card">
      <div className="store-card-plan" aria-hidden="true">
        <FloorPlan plan={store.floorPlan} zones={store.zones} />
      </div>
      <div className="store-card-words">
        <h2>
          <small>{store.id}</small> {store.name} <OpenTag store={store} />
        </h2>
        <p className="quiet">
          {store.district} {store.address}
        </p>
        <p>
          {store.opensAt}–{store.closesAt}
          <span className="quiet"> · {store.phone ?? '电话没填'}</span>
        </p>
        <p className="store-card-features">
          {features.map(
            (feature) =>
              store.features.includes(feature.key) && (
                <Label key={feature.key} tone="leaf">
                  {feature.name}
                </Label>
              ),
          )}
          {store.features.length === 0 && <span className="quiet small">线上功能都没开</span>}
        </p>
      </div>
    </Link>
  )
}

/** 门店: the stores in scope with what a shopper meets there. */
export default function StoresPage() {
  const stores = useStores()
  return (
    <>
      <PageHead
        title="门店"
        note={
          stores.data &&
          `${stores.data.length} 家，${stores.data.filter((store) => store.openNow).length} 家营业中`
        }
      />
      {stores.isPending && (
        <Card>
          <Bones lines={9} />
        </Card>
      )}
      {stores.isError && !stores.data && (
        <Card>
          <ErrorState title="门店没取回来" error={stores.error} retry={() => void stores.refetch()} />
        </Card>
      )}
      {stores.data?.length === 0 && (
        <Card>
          <EmptyState title="你还没有分到门店" text="请总部的同事把门店加到你的账号里。" />
        </Card>
      )}
      <div className="store-grid">
        {stores.data?.map((store) => (
          <StoreCard key={store.id} store={store} />
        ))}
      </div>
    </>
  )
}
