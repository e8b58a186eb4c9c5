import { useState } from 'react'
import { slotChoice, type Slot, type SlotChoice, type Slots } from '../../../models/slots'
import { api } from '../../../services/api'
import { useLoad, type Loaded } from '../../../services/load'

const NOT_KNOWN: SlotChoice = { slot: null, hurdle: '正在看取货时段', lost: null }

export interface PickupSlot {
  slots: Loaded<Slots>
  choice: SlotChoice
  choose: (slot: Slot) => void
  /** The server would not have the slot any more: the page says what became of it, and waits for another choice. */
  refused: () => Promise<void>
}

/** The slot of the order that is being made, out of those that the store has. */
export function usePickupSlot(storeId: string): PickupSlot {
  const [wanted, setWanted] = useState<{ storeId: string; startsAt: string } | null>(null)
  const slots = useLoad(storeId ? `slots.${storeId}` : null, () =>
    api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId } }),
  )
  // A slot belongs to its store: the next one has slots of its own.
  const wantedHere = wanted?.storeId === storeId ? wanted.startsAt : null
  const choice = slots.data ? slotChoice(slots.data, wantedHere) : NOT_KNOWN
  const choose = ({ startsAt }: Slot) => setWanted({ storeId, startsAt })
  return {
    slots,
    choice,
    choose,
    refused: async () => {
      if (choice.slot) choose(choice.slot)
      await slots.reload()
    },
  }
}
