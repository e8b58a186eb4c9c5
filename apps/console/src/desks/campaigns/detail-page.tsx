import { Button, Popconfirm } from 'antd'
import { CalendarCheck, Copy, OctagonX, Pause, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { fundingWords } from '../rules/model.ts'
import { CopyPanel, HoldPanel, ResumeButton } from './act-panel.tsx'
import { EventsCard, FiguresCard, RulesCard } from './detail-cards.tsx'
import { GroupList } from './group-list.tsx'
import { deskOf } from './kinds/index.ts'
import { FlashParts, LivePanel } from './live-panel.tsx'
import { type Campaign, goodsWords, paidAfterStop, standingOf, storesOf, totalsOf } from './model.ts'
import { useCampaign } from './page-data.ts'
import { hasProgress, KindPart } from './progress.tsx'
import { StockTable } from './stock-card.tsx'
import { spanWords } from './times.ts'
import './campaigns.css'

type Act = 'pause' | 'stop' | 'copy'

const Discard = ({ campaign }: { campaign: Campaign }) => {
  const { go } = useScope()
  const notice = useNotice()
  const queries = useQueryClient()
  const deed = useMutation({
    mutationFn: () =>
      api('DELETE /console/v1/campaigns/:campaignId', { params: { campaignId: campaign.id } }),
    onSuccess: () => {
      notice.success('草稿删了')
      go('/campaigns')
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
    },
  })
  return (
    <>
      <Refusal error={deed.error} />
      <Popconfirm
        title={`删掉草稿「${campaign.name}」？`}
        description="没有人见过它；删了找不回来。"
        okText="删掉"
        cancelText="留着"
        placement="bottomRight"
        onConfirm={() => deed.mutate()}
      >
        <Button icon={<Trash2 size={15} />} loading={deed.isPending}>
          删草稿
        </Button>
      </Popconfirm>
    </>
  )
}

const Actions = ({ campaign, act }: { campaign: Campaign; act: (act: Act) => void }) => {
  const { go } = useScope()
  const { state, paused } = campaign
  const runs = state === 'SCHEDULED' || state === 'LIVE'
  return (
    <>
      <Button icon={<Copy size={15} />} onClick={() => act('copy')}>
        复制
      </Button>
      {state === 'DRAFT' && (
        <>
          <Discard campaign={campaign} />
          <Button icon={<Pencil size={15} />} onClick={() => go(`/campaigns/${campaign.id}/edit`)}>
            编辑
          </Button>
          <Button
            type="primary"
            icon={<CalendarCheck size={15} />}
            onClick={() => go(`/campaigns/${campaign.id}/edit?step=schedule`)}
          >
            去排上
          </Button>
        </>
      )}
      {runs && (
        <Button danger icon={<OctagonX size={15} />} onClick={() => act('stop')}>
          紧急停止
        </Button>
      )}
      {runs && paused && <ResumeButton campaign={campaign} />}
      {runs && !paused && (
        <Button danger icon={<Pause size={15} />} onClick={() => act('pause')}>
          暂停
        </Button>
      )}
    </>
  )
}

const Goods = ({ campaign }: { campaign: Campaign }) => (
  <Card title="商品和留货" note={stockNote(campaign)}>
    <table className="plain-table">
      <thead>
        <tr>
          <th>商品</th>
          <th className="num">活动价</th>
          <th className="num">总量</th>
        </tr>
      </thead>
      <tbody>
        {campaign.items.map(({ skuId, priceFen, quotas }) => (
          <tr key={skuId}>
            <td>{campaign.goods.find((good) => good.skuId === skuId)?.name}</td>
            <td className="num strong">{formatFen(priceFen)}</td>
            <td className="num">{quotas.reduce((sum, { quota }) => sum + quota, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <StockTable campaign={campaign} />
  </Card>
)
const stockNote = ({ kind, state, stock, armMinutes, startsAt }: Campaign): string => {
  if (deskOf(kind).goods === 'coming') return '货还没到，只数份数，不占货架'
  if (state === 'DRAFT') return '草稿不占货'
  if (state === 'ENDED') return '没卖完的已经放回货架'
  const armAt = Date.parse(startsAt) - armMinutes * 60_000
  return totalsOf(stock).carved > 0 || armAt <= Date.now()
    ? '留出来的货别的订单用不了'
    : `开始前 ${armMinutes} 分钟才从货架上留`
}

const Head = ({ campaign, act }: { campaign: Campaign; act: (act: Act) => void }) => {
  const { path } = useScope()
  const mayWrite = useMay('campaigns.write')
  const { word, tone } = standingOf(campaign)
  return (
    <PageHead
      title={campaign.name}
      back={{ to: path('/campaigns'), label: '回活动' }}
      tags={
        <>
          <StateTag tone={tone}>{word}</StateTag>
          <Label>{deskOf(campaign.kind).word}</Label>
        </>
      }
      note={`${goodsWords(campaign)} · ${spanWords(campaign.startsAt, campaign.endsAt)}`}
    >
      {mayWrite && <Actions campaign={campaign} act={act} />}
    </PageHead>
  )
}

/** What only its kind counts, once it is over. One that was stopped before it began has nothing to show. */
const HowItWent = ({ campaign }: { campaign: Campaign }) => {
  const { kind, state, startsAt, endedAt } = campaign
  if (state !== 'ENDED' || (endedAt !== null && endedAt <= startsAt)) return null
  return (
    <section className="card live-panel" aria-label={`${deskOf(kind).word}办下来`}>
      {kind === 'flash' && <FlashParts campaign={campaign} />}
      {hasProgress(campaign) && <KindPart campaign={campaign} />}
    </section>
  )
}

const Body = ({ campaign }: { campaign: Campaign }) => {
  const live = campaign.state === 'LIVE'
  const { storeWords } = useScope()
  return (
    <>
      {campaign.stopReason !== null && (
        <p className="notice">
          到时间之前停的：{campaign.stopReason}。{paidAfterStop(campaign.kind)}
        </p>
      )}
      {live && <LivePanel campaign={campaign} linked={false} />}
      {!live && <HowItWent campaign={campaign} />}
      {campaign.kind === 'group' && (live || campaign.state === 'ENDED') && <GroupList campaign={campaign} />}
      <div className="campaign-detail">
        <div className="campaign-stack">
          {!live && campaign.items.length > 0 && <Goods campaign={campaign} />}
          {campaign.state === 'ENDED' && <FiguresCard campaign={campaign} />}
          <RulesCard campaign={campaign} />
        </div>
        <div className="campaign-stack">
          <Card title="条款">
            <dl className="campaign-rules">
              <div>
                <dt>{deskOf(campaign.kind).word}</dt>
                <dd>{deskOf(campaign.kind).summary(campaign.terms)}</dd>
              </div>
              <div>
                <dt>谁出钱</dt>
                <dd>{fundingWords[campaign.funding]}</dd>
              </div>
              <div>
                <dt>在哪些店</dt>
                <dd>{storesOf(campaign).map(storeWords).join('、')}</dd>
              </div>
              {deskOf(campaign.kind).goods === 'shelf' && (
                <div>
                  <dt>留货</dt>
                  <dd>
                    {campaign.armMinutes === 0
                      ? '开始那一刻从货架留出'
                      : `开始前 ${campaign.armMinutes} 分钟从货架留出`}
                  </dd>
                </div>
              )}
            </dl>
          </Card>
          <EventsCard campaign={campaign} />
        </div>
      </div>
    </>
  )
}

const Loaded = ({ campaign }: { campaign: Campaign }) => {
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  return (
    <div className="desk-room">
      <div className="desk-room-list">
        <Head campaign={campaign} act={setAct} />
        <Body campaign={campaign} />
      </div>
      {act === 'copy' && <CopyPanel campaign={campaign} close={close} />}
      {(act === 'pause' || act === 'stop') && (
        <HoldPanel key={act} campaign={campaign} close={close} act={act} />
      )}
    </div>
  )
}

/** One campaign in any state: how it goes, its goods, what was published, what became of it, and what may be done. */
export default function CampaignPage() {
  const { campaignId = '' } = useParams()
  const campaign = useCampaign(campaignId)
  if (campaign.isPending) return <Bones lines={9} />
  if (campaign.isError)
    return <ErrorState title="活动没取回来" error={campaign.error} retry={() => void campaign.refetch()} />
  return <Loaded campaign={campaign.data} />
}
