import type { In, Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import type { Tone } from '../../ui/state-tag.tsx'

export type Page = Out<'GET /console/v1/staff'>
export type Colleague = Page['items'][number]
export type Role = Colleague['role']
export type Given = Pick<
  Out<'POST /console/v1/staff/:staffId/password'>,
  'password' | 'passwordTemporaryUntil'
>
type NewColleague = In<'POST /console/v1/staff'>['body']

export const pageSize = 30

/** The roles in the order of the house, and what each is for. */
export const roles: Record<Role, { word: string; may: string }> = {
  hq: { word: '总部', may: '管所有门店、商品、账号' },
  manager: { word: '店长', may: '管自己的店：价、库存、订单、退款，和店里的店员' },
  clerk: { word: '店员', may: '手机上备货、交接、收退货，看库存' },
  picker: { word: '拣货', may: '手机上备货、交接、收退货' },
}
const isRole = (word: string | null): word is Role => word !== null && Object.hasOwn(roles, word)

/** What a role is called on screen. */
export const roleName = (role: string): string => (isRole(role) ? roles[role].word : role)

export interface StaffFilters {
  q?: string
  role?: Role
  active?: boolean
}

/** Reads the list's filters out of the address; anything that cannot be a filter is left out. Those who left are shown on demand. */
export const staffFilters = (params: URLSearchParams): StaffFilters => {
  const filters: StaffFilters = { active: params.get('left') !== '1' }
  const q = params.get('q')?.trim().slice(0, 40)
  const role = params.get('role')
  if (q) filters.q = q
  if (isRole(role)) filters.role = role
  return filters
}

export const staffChips = ({ role }: StaffFilters): Chip[] =>
  role ? [{ key: 'role', label: '角色', value: roles[role].word }] : []

export const staffTabs = (filters: StaffFilters, counts: Pick<Page, 'active' | 'inactive'> | undefined) => [
  {
    key: 'active',
    label: '在用',
    count: counts?.active,
    change: { left: undefined },
    on: filters.active === true,
  },
  {
    key: 'left',
    label: '已停用',
    count: counts?.inactive,
    change: { left: '1' },
    on: filters.active === false,
  },
]

/** An account's state in a word: a password that was given and not exchanged yet is worth knowing. */
export const accountTag = (
  { active, passwordTemporaryUntil }: Colleague,
  now: number,
): { tone: Tone; word: string } => {
  if (!active) return { tone: 'over', word: '已停用' }
  if (!passwordTemporaryUntil) return { tone: 'done', word: '在用' }
  return Date.parse(passwordTemporaryUntil) > now
    ? { tone: 'waiting', word: '等他换密码' }
    : { tone: 'alarm', word: '密码过期' }
}

/** An account as it stands in the fields. */
export interface StaffForm {
  account: string
  name: string
  role: Role
  storeIds: string[]
}

export const emptyForm = (grantable: readonly Role[], storeIds: readonly string[]): StaffForm => ({
  account: '',
  name: '',
  role: grantable.includes('clerk') ? 'clerk' : (grantable[0] ?? 'clerk'),
  storeIds: storeIds.length === 1 ? [...storeIds] : [],
})

export const formOf = ({ account, name, role, storeIds }: Colleague): StaffForm => ({
  account,
  name,
  role,
  storeIds: storeIds ?? [],
})

/** The account as the server takes it: head office names no store. */
export const bodyOf = (form: StaffForm): NewColleague => ({
  account: form.account.trim(),
  name: form.name.trim(),
  role: form.role,
  storeIds: form.role === 'hq' ? [] : form.storeIds.toSorted(),
})

export type StaffFaults = Partial<Record<keyof StaffForm, string>>

/** Checks the fields the way the server will. */
export const staffFaults = (form: StaffForm): StaffFaults => {
  const faults: StaffFaults = {}
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(form.account.trim())) faults.account = '字母、数字和 . _ -，最多 40 个'
  if (!form.name.trim()) faults.name = '名字要填'
  else if (form.name.trim().length > 20) faults.name = '名字最多 20 个字'
  if (form.role !== 'hq' && form.storeIds.length === 0) faults.storeIds = '至少选一家店'
  return faults
}

/** What an edit changes, in words, to be read before the button is pressed. */
export const changeWords = (before: StaffForm, after: StaffForm): string[] => {
  const said: string[] = []
  const was = bodyOf(before)
  const will = bodyOf(after)
  if (was.name !== will.name) said.push(`名字 ${was.name} → ${will.name}`)
  if (was.role !== will.role)
    said.push(`角色 ${roleName(was.role)} → ${roleName(will.role)}，现在的登录马上退出`)
  if (was.storeIds.join() !== will.storeIds.join())
    said.push(`门店 ${storeWords(was.storeIds)} → ${storeWords(will.storeIds)}`)
  return said
}

/** `S01、S02`; none means every store. */
export const storeWords = (storeIds: readonly string[] | null): string =>
  storeIds && storeIds.length > 0 ? storeIds.join('、') : '全部门店'
