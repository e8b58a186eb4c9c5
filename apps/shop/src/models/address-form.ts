/** An address as it is being typed. */
export interface AddressForm {
  name: string
  phone: string
  district: string
  detail: string
  tag: string
  isDefault: boolean
}
export type AddressFaults = Partial<Record<'name' | 'phone' | 'district' | 'detail', string>>

export const TAGS = ['家', '公司', '爸妈家', '学校'] as const
const PHONE_LENGTH = 11

/** What is wrong with each field, in words; empty when it can be sent. */
export function addressFaults(form: AddressForm): AddressFaults {
  const faults: AddressFaults = {}
  if (form.name.trim() === '') faults.name = '请写收货人'
  const missing = PHONE_LENGTH - form.phone.length
  if (!/^\d*$/.test(form.phone)) faults.phone = '手机号只有数字'
  else if (missing > 0) faults.phone = `还少 ${missing} 位，手机号一共 ${PHONE_LENGTH} 位`
  else if (missing < 0) faults.phone = `多了 ${-missing} 位，手机号一共 ${PHONE_LENGTH} 位`
  else if (!form.phone.startsWith('1')) faults.phone = '手机号以 1 开头'
  if (form.district.trim() === '') faults.district = '请选区县'
  if (form.detail.trim() === '') faults.detail = '请写小区、楼号和门牌'
  return faults
}

/** The form as the server takes it. */
export function addressBody(form: AddressForm) {
  const { name, phone, district, detail, tag, isDefault } = form
  return {
    name: name.trim(),
    phone,
    district: district.trim(),
    detail: detail.trim(),
    isDefault,
    ...(tag === '' ? {} : { tag }),
  }
}
