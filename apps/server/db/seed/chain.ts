import type { FEATURES, FloorPlan, StoreDetail, Zone } from '@linli/contract/stores'
import type { Static } from 'typebox'
import { ZONES } from './zones.ts'

/** The fictional chain of the demo. Districts and codes are real; shops, numbers and licences are not. */
export const CHAIN = { name: '襄惠生活超市', icp: 'DEMO-ICP-00000000' }

export type SeedStore = {
  readonly id: string
  readonly name: string
  readonly district: string
  readonly districtCode: string
  readonly town: string
  readonly address: string
  readonly phone: string
  readonly lng: number
  readonly lat: number
  readonly opensAt: string
  readonly closesAt: string
  readonly slotCapacity: number
  readonly pickupHint: string
  readonly features: readonly (typeof FEATURES)[number][]
}

type Where = Pick<SeedStore, 'district' | 'districtCode' | 'town' | 'lng' | 'lat'>
const where = (district: string, districtCode: string, town: string, lng: number, lat: number): Where => ({
  district,
  districtCode,
  town,
  lng,
  lat,
})

/** Local numbers never begin with 0, so nobody's telephone rings. */
const placeholderPhone = (storeId: string): string => `0319-000-00${storeId.slice(1)}`

const store = (id: string, name: string, place: Where, own: Partial<SeedStore> = {}): SeedStore => ({
  id,
  name,
  ...place,
  address: `${place.town}演示路 ${Number(id.slice(1)) * 100} 号（演示地址）`,
  phone: placeholderPhone(id),
  opensAt: '07:30',
  closesAt: '21:30',
  slotCapacity: 20,
  pickupHint: '进门左手服务台，报提货码',
  features: ['pickup'],
  ...own,
})

/** S01 and S02 pilot pickup by time slot; the others hand over whenever they are open. */
export const STORES: readonly SeedStore[] = [
  store('S01', '襄都旗舰店', where('襄都区', '130502', '西大街街道', 114.507, 37.07), {
    opensAt: '08:00',
    closesAt: '22:00',
    slotCapacity: 40,
    features: ['pickup', 'pickup_slots'],
  }),
  store('S02', '信都中华大街店', where('信都区', '130503', '中华大街街道', 114.487, 37.068), {
    slotCapacity: 24,
    features: ['pickup', 'pickup_slots'],
  }),
  store('S03', '任泽任城店', where('任泽区', '130505', '任城镇', 114.684, 37.13)),
  store('S04', '南和和阳店', where('南和区', '130506', '和阳镇', 114.683, 37.006)),
  store('S05', '沙河市区店', where('沙河市', '130582', '褡裢街道', 114.503, 36.855)),
  store('S06', '宁晋凤凰店', where('宁晋县', '130528', '凤凰镇', 114.92, 37.62)),
]

export const licencesOf = ({
  id,
  districtCode,
}: Pick<SeedStore, 'id' | 'districtCode'>): Static<typeof StoreDetail>['licences'] => [
  { name: '营业执照（演示）', number: `DEMO-YYZZ-${districtCode}-${id}` },
  { name: '食品经营许可证（演示）', number: `DEMO-JY-${districtCode}-${id}` },
]

export const SHELF_ZONES: readonly Static<typeof Zone>[] = ZONES.map(({ code, name, tint, ink }) => ({
  code,
  name,
  tint,
  ink,
}))

type Plan = Static<typeof FloorPlan>
type Shelf = Plan['shelves'][number]

/** Three aisles of a zone, `dx` and `dy` apart, from the first one's corner. */
function aisles(
  zone: string,
  x: number,
  y: number,
  width: number,
  height: number,
  dx: number,
  dy: number,
): Shelf[] {
  return [1, 2, 3].map((aisle) => ({
    zone,
    aisle,
    x: x + (aisle - 1) * dx,
    y: y + (aisle - 1) * dy,
    width,
    height,
  }))
}

/** The floor every store is laid out on: walls V, M, D and F, fruit by the door, six rows in the middle. */
export const FLOOR_PLAN: Plan = {
  width: 343,
  height: 214,
  shelves: [
    ...aisles('V', 10, 34, 22, 40, 0, 44),
    ...aisles('M', 44, 8, 40, 20, 44, 0),
    ...aisles('D', 182, 8, 40, 20, 44, 0),
    ...aisles('F', 311, 36, 22, 40, 0, 44),
    ...aisles('G', 48, 124, 30, 14, 0, 18),
    ...aisles('L', 56, 46, 10, 58, 17, 0),
    ...aisles('S', 116, 46, 10, 58, 17, 0),
    ...aisles('B', 176, 46, 10, 58, 17, 0),
    ...aisles('C', 100, 122, 10, 50, 17, 0),
    ...aisles('H', 172, 122, 10, 50, 17, 0),
  ],
  marks: [
    { kind: 'till', label: '收银台', x: 240, y: 128, width: 54, height: 40 },
    { kind: 'service', label: '服务台取货', x: 44, y: 184, width: 60, height: 12 },
    { kind: 'door', label: '入口', x: 134, y: 198.5, width: 44, height: 5 },
  ],
}
