import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ChevronLeft, ChevronRight, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { businessDay } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { type Figure, Sentences, TermsHistory, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { CodesCard } from './codes-card.tsx'
import {
  guideWords,
  monthBeside,
  monthOf,
  monthWords,
  type Row,
  spanOf,
  switched,
  type Terms,
  termsSentences,
} from './model.ts'
import { PosterPanel } from './poster-panel.tsx'
import { StatementPanel } from './statement-panel.tsx'
import { PromoterTabs } from './tabs.tsx'
import { GuideTermsPanel, useGuideTerms } from './terms-panel.tsx'
import './promoters.css'

const Switch = ({ terms }: { terms: Terms }) => {
  const notice = useNotice()
  const set = useGuideTerms((row) => notice.success(row.active ? '引导奖励打开了' : '关掉了，已经带来的照算'))
  return (
    <TermsSwitch
      what="引导奖励"
      active={terms.active}
      turningOff="以后扫码来的不再计数；已经带来的照他们来的那天算完。"
      turningOn="按上一次的规则，从现在起扫码来的又算。"
      busy={set.isPending}
      error={set.error}
      flip={() => set.mutate(switched(terms, !terms.active))}
    />
  )
}

const figures: Figure<Terms>[] = [
  { title: '新会员', num: true, cell: (row) => formatFen(row.registerFen) },
  { title: '首单', num: true, cell: (row) => formatFen(row.orderFen) },
  { title: '至少留下', num: true, cell: (row) => formatFen(row.leastFen) },
  { title: '扫码后', num: true, cell: (row) => `${row.touchDays} 天内` },
  { title: '记进佣金账', cell: (row) => (row.inLedger ? '记' : '不记') },
  { title: '取走后', num: true, cell: (row) => (row.holdDays > 0 ? `${row.holdDays} 天给` : '当天给') },
]

const League = ({ month, open }: { month: string; open: (row: Row) => void }) => {
  const { storeId } = useScope()
  const today = businessDay(useNow())
  const query = { ...spanOf(month, today), ...(storeId ? { storeId } : {}) }
  const result = useQuery({
    queryKey: ['guidance', query],
    queryFn: () => api('GET /console/v1/guidance', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  if (result.isPending) return <Bones lines={6} />
  if (result.isError)
    return <ErrorState title="引导榜没取回来" error={result.error} retry={() => void result.refetch()} />
  const { items } = result.data
  if (items.length === 0)
    return (
      <EmptyState
        title="这个月还没有引导来的顾客"
        text="在下面打印门店海报，或请店员打开手机「我的引导」给顾客扫。"
      />
    )
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>门店</th>
          <th>谁</th>
          <th className="num">引导</th>
          <th className="num">新会员</th>
          <th className="num">首单</th>
          <th className="num">奖励</th>
          <th className="num">待生效</th>
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={`${row.storeId}.${row.staffId}`}>
            <td className="nowrap">{row.storeName}</td>
            <td className="nowrap">
              {row.staffId === null ? (
                guideWords(row)
              ) : (
                <button
                  type="button"
                  className="bare go"
                  aria-label={`${guideWords(row)}的奖励明细`}
                  onClick={() => open(row)}
                >
                  {guideWords(row)}
                </button>
              )}
            </td>
            <td className="num">{row.guided}</td>
            <td className="num">{row.registered}</td>
            <td className="num strong">{row.ordered}</td>
            <td className={row.rewardFen < 0 ? 'num guide-back' : 'num'}>
              {row.staffId === null ? '–' : formatFen(row.rewardFen)}
            </td>
            <td className="num quiet">{row.waitingFen > 0 ? formatFen(row.waitingFen) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Panel = { kind: 'terms' } | { kind: 'poster'; storeId: string } | { kind: 'statement'; row: Row }

/** 推广: who brought how many, what it is worth, and the codes they do it with. */
export default function PromotersPage() {
  const mayWrite = useMay('promoters.write')
  const maySeePromoters = useMay('commissions.read')
  const { params, change } = useUrlFilters()
  const [panel, setPanel] = useState<Panel>()
  const close = () => setPanel(undefined)
  const today = businessDay(useNow())
  const month = monthOf(params.get('month'), today)
  const answer = useQuery({
    queryKey: ['guide-terms'],
    queryFn: () => api('GET /console/v1/guide-terms'),
  })
  const terms = answer.data?.items[0]
  return (
    <div className={panel ? 'terms-page terms-page-open' : 'terms-page'}>
      <div>
        <PageHead title="推广" note="先扫谁的算谁的，一位顾客只算一次；退了的原样收回">
          {maySeePromoters && <Link to="/guidance/promoters">推广员 ›</Link>}
          {mayWrite && terms && <Switch terms={terms} />}
          {mayWrite && answer.data && (
            <Button type="primary" icon={<Pencil size={15} />} onClick={() => setPanel({ kind: 'terms' })}>
              {terms ? '换一版规则' : '定第一版规则'}
            </Button>
          )}
        </PageHead>
        <PromoterTabs />
        <div className="terms-cards">
          <Card
            title={`${monthWords(month)}引导榜`}
            note="按首单排"
            extra={
              <>
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
            <League month={month} open={(row) => setPanel({ kind: 'statement', row })} />
          </Card>
          {answer.isError && (
            <ErrorState title="规则没取回来" error={answer.error} retry={() => void answer.refetch()} />
          )}
          {terms && (
            <TermsNow title="现在怎么算" terms={terms}>
              <Sentences terms={terms}>{termsSentences(terms)}</Sentences>
            </TermsNow>
          )}
          {answer.data && !terms && (
            <Card>
              <EmptyState
                title="还没有引导规则"
                text="码可以先打印、先扫，打开的就是本店；定了规则，从那一刻起才计数、才有奖励。"
              />
            </Card>
          )}
          {answer.data && terms && (
            <TermsHistory
              rows={answer.data.items}
              nowId={terms.id}
              figures={figures}
              off="关掉：不计数，也不奖励"
            />
          )}
          <CodesCard poster={(storeId) => setPanel({ kind: 'poster', storeId })} />
        </div>
      </div>
      {panel?.kind === 'terms' && <GuideTermsPanel terms={terms} close={close} />}
      {panel?.kind === 'poster' && <PosterPanel key={panel.storeId} storeId={panel.storeId} close={close} />}
      {panel?.kind === 'statement' && panel.row.staffId !== null && (
        <StatementPanel
          key={panel.row.staffId}
          staffId={panel.row.staffId}
          name={guideWords(panel.row)}
          close={close}
        />
      )}
    </div>
  )
}
