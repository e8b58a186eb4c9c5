import { useScope } from '../../shell/scope.ts'
import { FeedDot } from '../../ui/freshness.tsx'

/** The stores side by side: one press changes the scope, as in the top bar. */
export const StoreStrip = () => {
  const { stores, storeId, fixed, choose } = useScope()
  if (fixed || !stores || stores.length < 2) return null
  return (
    <nav className="store-strip card" aria-label="门店">
      <button type="button" className="bare" aria-pressed={!storeId} onClick={() => choose(undefined)}>
        <b>全部门店</b>
        <small>{stores.length} 家</small>
      </button>
      {stores.map((store) => (
        <button
          key={store.id}
          type="button"
          className="bare"
          aria-pressed={store.id === storeId}
          title={store.name}
          onClick={() => choose(store.id)}
        >
          <b className="clip">{store.name}</b>
          <small>
            <FeedDot feed={store.openNow ? 'live' : 'stale'} />
            {store.id}
            <span className="strip-word"> {store.openNow ? '营业中' : '已打烊'}</span>
          </small>
        </button>
      ))}
    </nav>
  )
}
