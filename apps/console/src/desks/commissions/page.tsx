import { Button } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { CountTabs } from '../../ui/count-tabs.tsx'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { businessDay } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { monthBeside, monthOf, monthWords } from '../promoters/model.ts'
import { AccountPanel } from './account-panel.tsx'
import { Applications } from './applications.tsx'
import { type Promoter, VIEWS, type View, viewOf } from './model.ts'
import { Promoters } from './promoters.tsx'
import { StaffAccounts } from './staff-accounts.tsx'
import { StandingPanel } from './standing-panel.tsx'
import { TaxFile, Taxes } from './taxes.tsx'
import { Terms } from './terms.tsx'
import { Withdrawals } from './withdrawals.tsx'
import '../terms/terms.css'
import './commissions.css'

type Panel = { kind: 'account'; accountId: string } | { kind: 'standing'; promoter: Promoter }

/** 推广员: who wants to promote, who does, what they earned and how it is paid out. */
export default function CommissionsPage() {
  const { params, change } = useUrlFilters()
  const view = viewOf(params.get('view'))
  const today = businessDay(useNow())
  const month = monthOf(params.get('month'), today)
  const [panel, setPanel] = useState<Panel>()
  const open = (accountId: string) => setPanel({ kind: 'account', accountId })
  const close = () => setPanel(undefined)
  return (
    <div className={panel ? 'terms-page terms-page-open' : 'terms-page'}>
      <div>
        <PageHead
          title="推广员"
          note="只按卖出的商品提成，最多两级；邀请人没有钱"
          back={{ to: '/guidance', label: '店员引导' }}
        />
        <CountTabs
          label="推广员"
          tabs={(Object.keys(VIEWS) as View[]).map((key) => ({
            key,
            label: VIEWS[key],
            count: undefined,
            change: { view: key === 'applications' ? undefined : key, page: undefined },
            on: key === view,
          }))}
        />
        <div className="terms-cards">
          {view === 'applications' && <Applications />}
          {view === 'promoters' && (
            <Promoters open={open} stand={(promoter) => setPanel({ kind: 'standing', promoter })} />
          )}
          {view === 'withdrawals' && <Withdrawals open={open} />}
          {view === 'taxes' && (
            <Card
              title={`${monthWords(month)}代扣个税`}
              note="按申请提现的月份，一人一行"
              extra={
                <>
                  <TaxFile month={month} />{' '}
                  <Button
                    icon={<ChevronLeft size={15} />}
                    aria-label="上个月"
                    onClick={() => change({ month: monthBeside(month, -1) })}
                  />{' '}
                  <Button
                    icon={<ChevronRight size={15} />}
                    aria-label="下个月"
                    disabled={month >= today.slice(0, 7)}
                    onClick={() => change({ month: monthBeside(month, 1) })}
                  />
                </>
              }
            >
              <Taxes month={month} />
            </Card>
          )}
          {view === 'staff' && <StaffAccounts open={open} />}
          {view === 'terms' && <Terms />}
        </div>
      </div>
      {panel?.kind === 'account' && (
        <AccountPanel key={panel.accountId} accountId={panel.accountId} close={close} />
      )}
      {panel?.kind === 'standing' && (
        <StandingPanel key={panel.promoter.accountId} promoter={panel.promoter} close={close} />
      )}
    </div>
  )
}
