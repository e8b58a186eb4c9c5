import { otherStore, STILL_POSSIBLE, whyNot } from '../models/ordering'
import type { Store } from '../models/wire'
import { moveTo } from '../services/place'
import { openPage } from '../services/routes'
import { say } from '../services/toast'
import { Button } from './button'
import { Box } from './elements'
import { Icon } from './icon'

interface AdviceProps {
  title: string
  note: string
  storeId: string
  /** Where another store may be found; null while they are not known. */
  stores: readonly Store[] | null
  /** After the shopper moved: the cart of this page belongs to the store that was left. */
  onMoved?: () => void
}

/** Why nothing can be ordered here, and a store where it can. */
export function Advice({ title, note, storeId, stores, onMoved }: AdviceProps) {
  const other = stores === null ? undefined : otherStore(stores, storeId)
  const move = () => {
    if (!other) return openPage('stores')
    moveTo(other)
    say(`已换到${other.name}`)
    onMoved?.()
  }
  return (
    <Box className="ll-advice" role="status">
      <Icon name="info" size={20} className="ll-advice-icon" />
      <Box className="ll-advice-words">
        <Box className="ll-strong">{title}</Box>
        <Box className="ll-advice-note">{note}</Box>
        <Button look="line" size="small" icon="swap" className="ll-advice-go" onPress={move}>
          {other ? `换到${other.name}` : '看别的店'}
        </Button>
      </Box>
    </Box>
  )
}

/** Says that the store takes no orders now; nothing when it does or is not known yet. */
export function NotOrdering({
  storeId,
  stores,
  onMoved,
}: Pick<AdviceProps, 'storeId' | 'stores' | 'onMoved'>) {
  const store = stores?.find(({ id }) => id === storeId)
  const why = store ? whyNot(store) : null
  if (!why) return null
  return (
    <Advice
      title={why.title}
      note={STILL_POSSIBLE}
      storeId={storeId}
      stores={stores}
      {...(onMoved && { onMoved })}
    />
  )
}

/** What stands on a button that cannot be pressed because the store takes no orders; null when it does. */
export function orderingHurdle(storeId: string, stores: readonly Store[] | null): string | null {
  const store = stores?.find(({ id }) => id === storeId)
  return store ? (whyNot(store)?.tag ?? null) : null
}
