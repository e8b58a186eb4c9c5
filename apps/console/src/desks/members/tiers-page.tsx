import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { useCategories } from '../goods/page-data.ts'
import { CheckCard } from '../ledger-checks/check-card.tsx'
import { type Figure, TermsHistory, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { benefitWords, switched, type Terms } from './model.ts'
import { MemberTabs, useTierTerms } from './tabs.tsx'
import { TiersPanel, useSetTerms } from './tiers-form.tsx'
import './members.css'

const Switch = ({ terms }: { terms: Terms }) => {
  const notice = useNotice()
  const set = useSetTerms((row) => notice.success(row.active ? '等级打开了' : '等级关掉了，成长值都在'))
  return (
    <TermsSwitch
      what="等级"
      active={terms.active}
      turningOff="会员价和多倍积分马上停；大家的成长值留着，再打开还在。"
      turningOn="按上一次的规则，等级和权益马上都回来。"
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
    <TermsNow title="现在的等级" terms={terms}>
      <ol className="members-ladder">
        {terms.tiers.map((tier) => (
          <li key={tier.code}>
            <b>{tier.name}</b>
            <span className="num">{tier.atGrowth.toLocaleString('en-US')} 成长值起</span>
            <span>{benefitWords(tier)}</span>
          </li>
        ))}
      </ol>
      <ul className="members-rules quiet small">
        <li>每实付 1 元得 {terms.growthPerYuan} 成长值，取货且售后期过后计入，退款收回</li>
        <li>够了马上升；一期 {terms.periodMonths} 个月，期满按本期成长值定下一期，期中不降</li>
        <li>会员价从门店价算起，和线上专享价只取低的一个</li>
        {terms.exceptCategoryIds.length > 0 && (
          <li>{terms.exceptCategoryIds.map(nameOf).join('、')}没有会员价</li>
        )}
      </ul>
    </TermsNow>
  )
}

const figures: Figure<Terms>[] = [
  { title: '等级', cell: (row) => row.tiers.map(({ name }) => name).join('、') },
  { title: '1 元得', num: true, cell: (row) => row.growthPerYuan },
  { title: '一期', num: true, cell: (row) => `${row.periodMonths} 个月` },
]

/** 等级规则: which tiers there are, what they bring, since when; and whether growth adds up. */
export default function TiersPage() {
  const mayWrite = useMay('tiers.write')
  const mayCheck = useMay('members.read')
  const [editing, setEditing] = useState(false)
  const { answer, now } = useTierTerms()
  const { data } = answer
  const terms = now ?? data?.items[0]
  return (
    <div className={editing ? 'terms-page terms-page-open' : 'terms-page'}>
      <div>
        <PageHead title="等级规则" note="规则只加不改；权益就是这里写的，没有别的">
          {mayWrite && now && <Switch terms={now} />}
          {mayWrite && terms && (
            <Button type="primary" icon={<Pencil size={15} />} onClick={() => setEditing(true)}>
              换一版规则
            </Button>
          )}
        </PageHead>
        <MemberTabs />
        <div className="terms-cards">
          {answer.isPending && <Bones lines={6} />}
          {answer.isError && (
            <ErrorState title="规则没取回来" error={answer.error} retry={() => void answer.refetch()} />
          )}
          {data?.items.length === 0 && (
            <Card>
              <EmptyState title="还没有等级" text="定好一版，从那一刻起取的货才计成长值。">
                {mayWrite && (
                  <Button type="primary" onClick={() => setEditing(true)}>
                    定第一版等级
                  </Button>
                )}
              </EmptyState>
            </Card>
          )}
          {now && <Now terms={now} />}
          {data && data.items.length > 0 && (
            <TermsHistory
              rows={data.items}
              nowId={data.nowId}
              figures={figures}
              off="关掉：没有等级，也不计成长值"
            />
          )}
          {mayCheck && now && <CheckCard ledger="growth" />}
        </div>
      </div>
      {editing && <TiersPanel terms={terms} close={() => setEditing(false)} />}
    </div>
  )
}
