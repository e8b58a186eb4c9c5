import { Select } from 'antd'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { useRewardTemplates } from './data.ts'

interface TemplateSelectProps {
  id: string
  label: string
  value: string | undefined
  choose: (templateId: string) => void
}

/** One of the coupons that may be rewards. Where there is none yet, it says where to make one. */
export const TemplateSelect = ({ id, label, value, choose }: TemplateSelectProps) => {
  const { choices } = useRewardTemplates()
  const { path } = useScope()
  return (
    <Select
      id={id}
      aria-label={label}
      value={value ?? null}
      placeholder="选一张券"
      options={choices.map((each) => ({ value: each.id, label: each.label }))}
      notFoundContent={
        <p className="quiet small reward-none">
          还没有这样的券。<Link to={path('/coupons/new')}>新建一种</Link>
          ，「怎么到顾客手里」选「任务和自动送」。
        </p>
      }
      onChange={choose}
    />
  )
}
