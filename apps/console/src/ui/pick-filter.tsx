import { Select } from 'antd'

interface PickFilterProps<Value extends string> {
  /** What the filter is about: 分类. */
  name: string
  options: readonly { value: Value; label: string }[]
  pick: (value: Value) => void
  /** How wide the list that opens is. */
  width?: number
}

/** Adds a filter to a list. One that is in force is a chip instead. */
export const PickFilter = <Value extends string>({
  name,
  options,
  pick,
  width = 150,
}: PickFilterProps<Value>) => (
  <Select<Value>
    size="small"
    className="picker"
    placeholder={name}
    aria-label={`按${name}筛`}
    popupMatchSelectWidth={width}
    value={null}
    options={[...options]}
    onChange={pick}
  />
)
