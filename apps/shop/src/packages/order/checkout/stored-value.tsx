import { Cell, Panel } from '../../../components/cells'
import { Switch } from '../../../components/switch'
import { offersStored, storedNote } from '../../../models/stored-value'
import type { Quote } from '../../../models/wire'

interface StoredValueProps {
  quote: Quote
  on: boolean
  onSwitch: (on: boolean) => void
}

/** 余额支付: pays with money that was paid ahead, as far as it goes. Nothing where there is none. */
export function StoredValue({ quote, on, onSwitch }: StoredValueProps) {
  if (!offersStored(quote)) return null
  const note = storedNote(quote, on)
  return (
    <Panel className="checkout-stored">
      <Cell
        icon="wallet"
        title="余额支付"
        note={note}
        value={<Switch on={on} label={`余额支付，${note}`} onSwitch={onSwitch} />}
      />
    </Panel>
  )
}
