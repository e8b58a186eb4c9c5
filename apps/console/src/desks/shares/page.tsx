import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { DaySteps } from '../../ui/day-steps.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { businessDay, dayBeside } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { PromoterTabs } from '../promoters/tabs.tsx'
import { Sentences, TermsHistory, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { ChainPanel } from './chain-panel.tsx'
import {
  dayWords,
  definitions,
  spanOf,
  SPANS,
  type Terms,
  termsSentences,
  viewOf,
  VIEWS,
  viewWords,
} from './model.ts'
import { ShareTermsPanel, useShareTerms } from './terms-panel.tsx'
import { Each, Grouped, type Span } from './views.tsx'
import './shares.css'

const Switch = ({ terms }: { terms: Terms }) => {
  const notice = useNotice()
  const set = useShareTerms((row) => notice.success(row.active ? '归单打开了' : '不归了，归过的不变'))
  return (
    <TermsSwitch
      what="归单"
      active={terms.active}
      turningOff="以后的订单不归到分享；打开照样计数，归过的不变。"
      turningOn="按上一次的天数，从现在起的订单又归。"
      busy={set.isPending}
      error={set.error}
      flip={() => set.mutate({ active: !terms.active, days: terms.days })}
    />
  )
}

const Figures = ({
  span,
  opened,
  open,
}: {
  span: Span
  opened: string | undefined
  open: (id: string) => void
}) => {
  const { params, change } = useUrlFilters()
  const view = viewOf(params.get('view'))
  return (
    <Card
      title="分享带来了什么"
      note={`${dayWords(span.from)} 到 ${dayWords(span.to)}`}
      extra={
        <Segmented
          value={view}
          options={VIEWS.map((value) => ({ value, label: viewWords[value] }))}
          onChange={(value) =>
            change({ view: value, kind: undefined, subject: undefined, member: undefined })
          }
        />
      }
    >
      {view === 'each' ? (
        <Each span={span} opened={opened} open={open} />
      ) : (
        <Grouped view={view} span={span} />
      )}
    </Card>
  )
}

const Definitions = () => (
  <Card title="怎么数的">
    <dl className="share-definitions">
      {definitions.map(([word, meaning]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Card>
)

/** 分享: which shares and sharers bring openings, members, orders and money, and for how long an order is put down to one. */
export default function SharesPage() {
  const mayWrite = useMay('promoters.write')
  const { storeId } = useScope()
  const { params, change } = useUrlFilters()
  const [panel, setPanel] = useState<{ share: string } | 'terms'>()
  const close = () => setPanel(undefined)
  const today = businessDay(useNow())
  const typed = params.get('to')
  const to = typed && /^20\d\d-\d\d-\d\d$/.test(typed) && typed < today ? typed : today
  const days = spanOf(params.get('days'))
  const span = { from: dayBeside(to, 1 - days), to, ...(storeId ? { storeId } : {}) }
  const answer = useQuery({ queryKey: ['share-terms'], queryFn: () => api('GET /console/v1/share-terms') })
  const terms = answer.data?.items[0]
  const opened = typeof panel === 'object' ? panel.share : undefined
  const open = (share: string) => setPanel({ share })
  return (
    <div className={panel ? 'terms-page terms-page-open' : 'terms-page'}>
      <div>
        <PageHead title="分享" note="谁的分享带来打开、会员和订单；分享本身没有奖励">
          <Segmented
            value={days}
            options={SPANS.map((value) => ({ value, label: value === 365 ? '一年' : `${value} 天` }))}
            onChange={(value) => change({ days: String(value) })}
          />
          <DaySteps day={to} today={today} go={(day) => change({ to: day === today ? undefined : day })} />
          {mayWrite && terms && <Switch terms={terms} />}
          {mayWrite && answer.data && (
            <Button type="primary" icon={<Pencil size={15} />} onClick={() => setPanel('terms')}>
              换天数
            </Button>
          )}
        </PageHead>
        <PromoterTabs />
        <div className="terms-cards">
          <Figures span={span} opened={opened} open={open} />
          {answer.isError && (
            <ErrorState title="规则没取回来" error={answer.error} retry={() => void answer.refetch()} />
          )}
          {answer.data &&
            (terms ? (
              <TermsNow title="订单归给谁" terms={terms}>
                <Sentences terms={terms}>{termsSentences(terms)}</Sentences>
              </TermsNow>
            ) : (
              <Card title="订单归给谁" note="没有人定过，按 7 天">
                <ol className="terms-sentences">
                  {termsSentences(undefined).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ol>
              </Card>
            ))}
          <Definitions />
          {answer.data && terms && (
            <TermsHistory
              rows={answer.data.items}
              nowId={terms.id}
              figures={[{ title: '打开后', num: true, cell: (row) => `${row.days} 天内` }]}
              off="不把订单归到分享"
            />
          )}
        </div>
      </div>
      {panel === 'terms' && <ShareTermsPanel terms={terms} close={close} />}
      {opened && <ChainPanel key={opened} shareId={opened} open={open} close={close} />}
    </div>
  )
}
