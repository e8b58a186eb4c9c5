import type { In, Out } from '../../api.ts'

export type ConsoleStore = Out<'GET /console/v1/stores'>['items'][number]
export type Feature = ConsoleStore['features'][number]
type StoreChange = In<'PUT /console/v1/stores/:storeId'>['body']

/** The switches a merchant can use now, said as the shopper will notice them. */
export const features: { key: Feature; name: string; meaning: string; headOffice?: true }[] = [
  { key: 'pickup', name: '到店自提', meaning: '顾客下单后自己来取。关掉后这家店不能自提。' },
  {
    key: 'profit_sharing',
    headOffice: true,
    name: '收款参加分账',
    meaning: '新收款在微信先冻结，等你们的分账系统分完或解冻；冻结时退不了款。总部才能改，平时不用开。',
  },
  {
    key: 'pickup_slots',
    name: '预约自提时段',
    meaning: '顾客选一段时间来取，每段有名额。关掉后营业时间内随时可取。',
  },
]

export interface StoreForm {
  name: string
  phone: string
  address: string
  opensAt: string
  closesAt: string
  open: boolean
  slotMinutes: number
  slotCapacity: number
  pickupHint: string
}

/** Fills the fields from what the server holds. */
export const formOf = (store: ConsoleStore): StoreForm => ({
  name: store.name,
  phone: store.phone ?? '',
  address: store.address,
  opensAt: store.opensAt,
  closesAt: store.closesAt,
  open: store.open,
  slotMinutes: store.slotMinutes,
  slotCapacity: store.slotCapacity,
  pickupHint: store.pickupHint ?? '',
})

/** Only what differs, as the server takes it: another person's change to the rest stays. */
export const storeChange = (store: ConsoleStore, form: StoreForm): StoreChange => {
  const before = formOf(store)
  const change: StoreChange = {}
  if (form.name.trim() !== before.name) change.name = form.name.trim()
  if (form.phone.trim() !== before.phone) change.phone = form.phone.trim() || null
  if (form.address.trim() !== before.address) change.address = form.address.trim()
  if (form.opensAt !== before.opensAt) change.opensAt = form.opensAt
  if (form.closesAt !== before.closesAt) change.closesAt = form.closesAt
  if (form.open !== before.open) change.open = form.open
  if (form.slotMinutes !== before.slotMinutes) change.slotMinutes = form.slotMinutes
  if (form.slotCapacity !== before.slotCapacity) change.slotCapacity = form.slotCapacity
  if (form.pickupHint.trim() !== before.pickupHint) change.pickupHint = form.pickupHint.trim() || null
  return change
}

export type StoreFaults = Partial<Record<keyof StoreForm, string>>

/** Checks the fields the way the server will. */
export const storeFaults = (form: StoreForm): StoreFaults => {
  const faults: StoreFaults = {}
  if (!form.name.trim()) faults.name = '店名要填'
  if (!form.address.trim()) faults.address = '地址要填'
  if (form.phone.trim() && !/^[0-9 +-]{5,20}$/.test(form.phone.trim()))
    faults.phone = '只有数字、空格和 + -，5 到 20 位'
  if (form.opensAt >= form.closesAt) faults.closesAt = '打烊要晚于开门'
  return faults
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const shortestSlot = 15

/** How many pickups a day fit into the slots: the sentence under the capacity. The last slot is cut at closing time, as the server does. */
export const slotsPerDay = ({
  opensAt,
  closesAt,
  slotMinutes,
  slotCapacity,
}: StoreForm): { slots: number; orders: number } => {
  const minutes = minutesOf(closesAt) - minutesOf(opensAt)
  const slots = minutes < shortestSlot ? 0 : Math.floor((minutes - shortestSlot) / slotMinutes) + 1
  return { slots, orders: slots * slotCapacity }
}

/** Half-hour steps of a day, plus the present value when it lies between them. */
export const timeChoices = (present: string): string[] => {
  const steps = Array.from(
    { length: 48 },
    (_, half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
  )
  return [...new Set([...steps, present])].sort()
}
