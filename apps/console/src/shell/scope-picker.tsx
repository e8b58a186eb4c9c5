import { Dropdown } from 'antd'
import { ChevronDown, Store } from 'lucide-react'

import { useScope } from './scope.ts'

/** Which store, or all of them. A person with one store sees its name and nothing to press. */
export const ScopePicker = () => {
  const { stores, store, storeId, fixed, choose } = useScope()
  if (fixed || !stores)
    return (
      <span className="scope">
        <Store size={16} aria-hidden="true" />
        {store?.name ?? ' '}
      </span>
    )
  const items = [
    { key: 'all', label: `全部门店 ${stores.length} 家` },
    ...stores.map((each) => ({ key: each.id, label: `${each.id}　${each.name}` })),
  ]
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectedKeys: [storeId ?? 'all'],
        onClick: ({ key }) => choose(key === 'all' ? undefined : key),
      }}
    >
      <button type="button" className="bare scope" aria-label={`范围：${store?.name ?? '全部门店'}，换门店`}>
        <Store size={16} aria-hidden="true" />
        {store?.name ?? '全部门店'}
        {!store && <span className="quiet">{stores.length} 家</span>}
        <ChevronDown size={14} aria-hidden="true" />
      </button>
    </Dropdown>
  )
}
