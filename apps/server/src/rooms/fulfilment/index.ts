export {
  type ClosedPickup,
  fulfilmentDesk,
  type FulfilmentDesk,
  type NewPickup,
  type OfferedSlot,
  type SlotKey,
  slotKey,
  type SlotLevel,
} from './desk.sql.ts'
