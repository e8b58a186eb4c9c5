import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { useCategories } from '../goods/page-data.ts'
import { CheckCard } from '../ledger-checks/check-card.tsx'
import { useLastLedgerCheck } from '../ledger-checks/checks.ts'
import { type Figure, Sentences, TermsHistory, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { MemberCard } from './member-card.tsx'
import {
  exampleWords,
  givenBackWords,
  switched,
  type Terms,
  type TermsAnswer,
  termsSentences,
} from './model.ts'
import { PointsTermsPanel, useTerms } from './terms-form.tsx'
import './points.css'

const Switch = ({ terms }: { terms: Terms }) => {
  const notice = useNotice()
  const set = useTerms((row) => notice.success(row.active ? '积分打开了' : '积分关掉了，顾客的余额都在'))
  return (
    <TermsSwitch
      what="积分"
      active={terms.active}
      turningOff="新单不再得、也不能抵；顾客手里的留着，到期照常，再打开还能用。"
      turningOn="按上一次的规则，新单又能得、能抵。"
      busy={set.isPending}
      error={set.error}
      flip={() => set.mutate(switched(terms, !terms.active))}
    />
  )
}

const Now = ({ terms }: { terms: Terms }) => {
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  return (
    <TermsNow title="现在的规则" terms={terms}>
      <Sentences terms={terms} leading={2}>
        {termsSentences(terms, nameOf)}
      </Sentences>
      <p className="points-example points-foot">
        {exampleWords(terms)}。{givenBackWords(terms)}。
      </p>
    </TermsNow>
  )
}

const figures: Figure<Terms>[] = [
  { title: '得', cell: (row) => <span className="nowrap">{row.fenPerPoint / 100} 元 1 分</span> },
  { title: '抵', cell: (row) => <span className="nowrap">{row.pointsPerYuan} 分 1 元</span> },
  { title: '最多抵', num: true, cell: (row) => `${row.capBp / 100}%` },
  { title: '待生效', num: true, cell: (row) => `${row.frozenDays} 天` },
  { title: '有效', num: true, cell: (row) => `${row.validMonths} 个月` },
]

const Body = ({ data, begin }: { data: TermsAnswer; begin: (() => void) | undefined }) => {
  const terms = data.items.find(({ id }) => id === data.nowId)
  if (data.items.length === 0)
    return (
      <Card>
        <EmptyState
          title="还没有用积分"
          text="顾客看不到积分，下单也不算。定好一版规则，从那一刻起的单才得、才抵。"
        >
          {begin && (
            <Button type="primary" onClick={begin}>
              定第一版规则
            </Button>
          )}
        </EmptyState>
      </Card>
    )
  return (
    <>
      {terms && <Now terms={terms} />}
      <TermsHistory rows={data.items} nowId={data.nowId} figures={figures} off="关掉：不得，也不抵" />
    </>
  )
}

/** 积分: what points are worth, since when, and what one shopper has. */
export default function PointsPage() {
  const mayWrite = useMay('points.write')
  const maySee = useMay('members.read')
  const [editing, setEditing] = useState(false)
  const answer = useQuery({
    queryKey: ['points-terms'],
    queryFn: () => api('GET /console/v1/points-terms'),
    refetchInterval: 60_000,
  })
  const { data } = answer
  // What is wrong comes first: the workbench led here.
  const wrong = (useLastLedgerCheck('points')?.wrong ?? 0) > 0
  const terms = data?.items.find(({ id }) => id === data.nowId)
  return (
    <div className={editing ? 'terms-page terms-page-open' : 'terms-page'}>
      <div>
        <PageHead title="积分" note="规则只加不改：从哪一刻起按哪一版，得过、用过的都不变">
          {mayWrite && terms && <Switch terms={terms} />}
          {mayWrite && (terms ?? data?.items[0]) && (
            <Button type="primary" icon={<Pencil size={15} />} onClick={() => setEditing(true)}>
              换一版规则
            </Button>
          )}
        </PageHead>
        <div className="terms-cards">
          {wrong && <CheckCard ledger="points" />}
          {answer.isPending && <Bones lines={7} />}
          {answer.isError && (
            <ErrorState title="规则没取回来" error={answer.error} retry={() => void answer.refetch()} />
          )}
          {data && <Body data={data} begin={mayWrite ? () => setEditing(true) : undefined} />}
          {maySee && data && data.items.length > 0 && <MemberCard />}
          {maySee && data && data.items.length > 0 && !wrong && <CheckCard ledger="points" />}
        </div>
      </div>
      {editing && <PointsTermsPanel terms={terms ?? data?.items[0]} close={() => setEditing(false)} />}
    </div>
  )
}
