import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { Check, Search } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { ErrorState } from '../../ui/states.tsx'
import type { Member } from './grant.ts'
import './member-pick.css'

/** Members by the tail of their phone or a part of their name; a press picks one. */
export const MemberPick = ({
  chosen,
  pick,
}: {
  chosen: readonly string[]
  pick: (member: Member) => void
}) => {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: ['members', q],
    queryFn: () => api('GET /console/v1/members', { query: { q } }),
    enabled: q !== '',
  })
  return (
    <div className="member-pick">
      <Input.Search
        value={typed}
        maxLength={40}
        prefix={<Search size={14} aria-hidden="true" />}
        placeholder="手机尾号 4 位，或名字的一部分"
        aria-label="找顾客"
        loading={found.isFetching}
        onChange={(event) => setTyped(event.target.value)}
        onSearch={(text) => setQ(text.trim())}
        enterButton="找"
      />
      {found.isError && <ErrorState title="没查到" error={found.error} retry={() => void found.refetch()} />}
      {q === '' && <p className="quiet small">列表里的名字中间打星，靠手机尾号认人。</p>}
      {found.data?.items.length === 0 && (
        <p className="quiet small">没有这样的顾客。尾号要等顾客在小程序里绑定手机后才查得到。</p>
      )}
      <ul>
        {found.data?.items.map((member) => (
          <li key={member.id}>
            <button
              type="button"
              className="bare"
              aria-pressed={chosen.includes(member.id)}
              onClick={() => pick(member)}
            >
              <b>{member.name}</b>
              <small className="quiet">
                {member.phoneTail ? `手机尾号 ${member.phoneTail}` : '没留手机'}
              </small>
              {chosen.includes(member.id) && <Check size={15} aria-label="已选" />}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
