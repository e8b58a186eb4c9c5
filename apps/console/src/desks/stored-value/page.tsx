import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Bones, EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { CheckCard } from '../ledger-checks/check-card.tsx'
import { OwedCard, TermsCard } from './books-card.tsx'
import { MemberCard } from './member-card.tsx'
import type { Books, ValueMember } from './model.ts'
import { PayOutPanel, TopUpPanel } from './panels.tsx'
import './stored-value.css'

interface FoundProps {
  tail: string
  members: readonly ValueMember[]
  chosen: ValueMember | undefined
  choose: (memberId: string) => void
}
const Found = ({ tail, members, chosen, choose }: FoundProps) => {
  if (members.length === 0)
    return <NoMatch title="没有这个尾号的顾客" text={`请顾客在小程序「我的」里绑好手机。找的是 ${tail}。`} />
  if (members.length === 1) return null
  return (
    <ul className="value-found">
      {members.map((member) => (
        <li key={member.memberId}>
          <button
            type="button"
            className="bare"
            aria-pressed={member === chosen}
            onClick={() => choose(member.memberId)}
          >
            <b>{member.name}</b>
            <small className="quiet">尾号 {member.phoneTail}</small>
            <span className="num">{formatFen(member.availableFen)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const useFound = (tail: string) =>
  useQuery({
    queryKey: ['value-members', tail],
    enabled: /^\d{4}$/.test(tail),
    queryFn: async () =>
      (await api('GET /console/v1/stored-value-members', { query: { phoneTail: tail } })).items,
    placeholderData: keepPreviousData,
  })

const Members = ({ open, books }: { open: boolean; books: Books }) => {
  const { params, change } = useUrlFilters()
  const tail = params.get('tail') ?? ''
  const [deed, setDeed] = useState<'top-up' | 'pay-out'>()
  const { data: members, isError, error, refetch } = useFound(tail)
  const chosen = members?.find(({ memberId }) => memberId === params.get('member')) ?? members?.[0]
  const close = () => setDeed(undefined)
  const asked = /^\d{4}$/.test(tail)
  return (
    <div className={deed && chosen ? 'value-desk value-desk-open' : 'value-desk'}>
      <div className="value-main">
        <Card className="value-find">
          <SearchField
            value={tail}
            change={(next) =>
              change({ tail: next?.replace(/\D/g, '').slice(0, 4) || undefined, member: undefined })
            }
            placeholder="顾客手机尾四位"
          />
          {!asked && (
            <EmptyState title="先找到顾客" text="问顾客手机尾四位。充值、退余额、看流水都从这里开始。" />
          )}
          {asked && isError && <ErrorState title="没找成" error={error} retry={() => void refetch()} />}
          {asked && members && (
            <Found tail={tail} members={members} chosen={chosen} choose={(member) => change({ member })} />
          )}
        </Card>
        {asked && chosen && <MemberCard key={chosen.memberId} member={chosen} open={open} ask={setDeed} />}
        <CheckCard ledger="value" />
      </div>
      {deed && chosen ? (
        deed === 'top-up' ? (
          <TopUpPanel key={chosen.memberId} member={chosen} close={close} />
        ) : (
          <PayOutPanel key={chosen.memberId} member={chosen} close={close} />
        )
      ) : (
        <aside className="value-side">
          <OwedCard books={books} />
          <TermsCard key={books.terms?.since} books={books} />
        </aside>
      )}
    </div>
  )
}

/** 储值余额: what members paid ahead, taken and paid out at the counter, and what the chain owes them. */
export default function StoredValuePage() {
  const mayFind = useMay('value.top_up')
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['stored-value'],
    queryFn: () => api('GET /console/v1/stored-value'),
  })
  const open = data?.terms?.open ?? false
  return (
    <div className="list-page">
      <PageHead
        title="储值余额"
        note={open ? '开着：顾客可以先充值，下单时用余额付' : '关着：不能充值，也不能用余额付'}
      />
      {isPending && <Bones lines={6} />}
      {isError && !data && <ErrorState title="没取回来" error={error} retry={() => void refetch()} />}
      {data && mayFind && <Members open={open} books={data} />}
      {data && !mayFind && (
        <div className="value-main">
          <OwedCard books={data} />
          <CheckCard ledger="value" />
        </div>
      )}
    </div>
  )
}
