import { Button } from 'antd'
import { ChevronRight, ShieldAlert, ShieldCheck } from 'lucide-react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Freshness } from '../../ui/freshness.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { hourMinute } from '../../ui/time.ts'
import { BoxPart } from './box-part.tsx'
import { batchRows, type BatchRow } from './batches.ts'
import { FiguresList } from './figures-card.tsx'
import { deskOf } from './kinds/index.ts'
import { type Campaign, goodsWords, notOversold, priceWords, storesOf, totalsOf } from './model.ts'
import { Gate, Refusals, Speed, useMonitor } from './monitor.tsx'
import { useFigures } from './page-data.ts'
import { hasProgress, KindPart } from './progress.tsx'
import { StockTable } from './stock-card.tsx'
import { lengthWords } from './times.ts'

/** Orders are never more than what may be had, and that never more than the quota: said with the figures it follows from. */
const SoundTag = ({ stock }: Pick<Campaign, 'stock'>) => {
  const { quota, released, taken } = totalsOf(stock)
  const sound = notOversold(stock)
  const Icon = sound ? ShieldCheck : ShieldAlert
  return (
    <span className={sound ? 'campaign-sound' : 'campaign-sound campaign-unsound'}>
      <Icon size={15} aria-hidden="true" />
      {sound ? '没超卖：' : '数不对，马上停：'}
      {taken} ≤ {released} ≤ {quota}
    </span>
  )
}

const Numbers = ({ campaign, paid }: { campaign: Campaign; paid: number | undefined }) => {
  const { quota, released, taken, left } = totalsOf(campaign.stock)
  const numbers = [
    ['总量', quota],
    ['已放', released],
    ['已占', taken],
    ['已付', paid ?? '–'],
    [campaign.kind === 'flash' ? '还能抢' : '还能买', left],
  ] as const
  return (
    <dl className="campaign-numbers">
      {numbers.map(([name, number]) => (
        <div key={name} className={name.startsWith('还能') ? 'campaign-left' : undefined}>
          <dt>{name}</dt>
          <dd>{typeof number === 'number' ? number.toLocaleString('en-US') : number}</dd>
        </div>
      ))}
    </dl>
  )
}

const rowWords = (row: BatchRow, now: number, last: boolean): string => {
  const left = row.pieces - row.taken
  if (row.state === 'gone') return row.pieces === 0 ? '货没留够，这批没有' : '抢完'
  if (row.state === 'now') return `剩 ${left} 份`
  if (row.state === 'rolled') return last ? `剩 ${left} 份` : `${left} 份滚到后一批`
  return row.state === 'next' ? `${lengthWords(Date.parse(row.at) - now)}后放` : '预备'
}

/** Batch by batch: how much each adds, how much of it is in orders, and what rolls on. */
const Batches = ({ campaign }: { campaign: Campaign }) => {
  const now = useNow()
  const { terms, stock, startsAt } = campaign
  const batches =
    'batches' in terms && terms.batches.length > 0 ? terms.batches : [{ at: startsAt, shareBp: 10_000 }]
  const rows = batchRows(stock, batches, { now, live: campaign.state !== 'ENDED' })
  return (
    <>
      <header>
        <h3>分批放量</h3>
        <span className="quiet small">先放的先算卖掉，没卖完的滚到下一批</span>
      </header>
      <ol className="live-batches">
        {rows.map((row, i) => (
          <li key={row.no} className={`batch-${row.state}`}>
            <i aria-hidden="true">{row.state === 'gone' ? '✓' : row.no}</i>
            <time>{hourMinute(row.at)}</time>
            <span>
              <progress max={Math.max(1, row.pieces)} value={row.taken} aria-hidden="true" />
              <small>{rowWords(row, now, i === rows.length - 1)}</small>
            </span>
            <span className="num">
              <b>{row.taken}</b> / {row.pieces}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

const Head = ({ campaign }: { campaign: Campaign }) => {
  const { storeWords } = useScope()
  const now = useNow()
  const stores = storesOf(campaign)
  const where = stores.length > 2 ? `${stores.length} 家店` : stores.map(storeWords).join('、')
  const sells = campaign.items.length > 0
  const said = [
    priceWords(campaign),
    campaign.kind !== 'flash' && deskOf(campaign.kind).summary(campaign.terms),
    sells && `每人 ${campaign.perMember} 件`,
    where,
    sells && `未付 ${campaign.payMinutes} 分钟放回`,
  ]
  return (
    <div className="live-title">
      {sells && <Thumb src={campaign.goods[0]?.picture?.s} size={40} />}
      <div>
        <h2>
          {sells ? goodsWords(campaign) : campaign.name} {deskOf(campaign.kind).word}现场
          <span className="quiet small">还有 {lengthWords(Date.parse(campaign.endsAt) - now)}</span>
        </h2>
        <p className="quiet small">{said.filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  )
}

const StorePart = ({ campaign }: { campaign: Campaign }) => (
  <section className="live-part">
    <header>
      <h3>各店的货</h3>
      <span className="quiet small">
        {deskOf(campaign.kind).goods === 'coming' ? '货还没到，只数份数' : '留出来的才卖'}
      </span>
    </header>
    <StockTable campaign={campaign} />
  </section>
)

const FiguresPart = ({ figures }: { figures: ReturnType<typeof useFigures> }) => (
  <section className="live-part">
    <header>
      <h3>卖得怎样</h3>
      {figures.data && <Freshness at={figures.data.asOf} />}
    </header>
    {figures.isPending && <Bones lines={5} />}
    {figures.isError && (
      <ErrorState title="数字没取回来" error={figures.error} retry={() => void figures.refetch()} />
    )}
    {figures.data && <FiguresList figures={figures.data} />}
  </section>
)

/** What happens at the gate of a flash sale, as its servers count it together. */
export const FlashParts = ({ campaign }: { campaign: Campaign }) => {
  const monitor = useMonitor(campaign)
  if (monitor.isError)
    return <ErrorState title="现场没取回来" error={monitor.error} retry={() => void monitor.refetch()} />
  if (!monitor.data) return <Bones lines={6} />
  return (
    <div className="live-parts">
      <Gate monitor={monitor.data} />
      <section className="live-part">
        <Batches campaign={campaign} />
        <Refusals monitor={monitor.data} />
      </section>
      <Speed monitor={monitor.data} />
    </div>
  )
}

/** A campaign that runs, as it is right now. Every figure is the server's; what it does not count is not shown. */
export const LivePanel = ({ campaign, linked = true }: { campaign: Campaign; linked?: boolean }) => {
  const { path } = useScope()
  const sells = campaign.items.length > 0
  const flash = campaign.kind === 'flash'
  const figures = useFigures(campaign.id, true)
  return (
    <section className="card live-panel" aria-label={`${campaign.name}现场`}>
      <header className="live-head">
        <Head campaign={campaign} />
        {sells && <Numbers campaign={campaign} paid={figures.data?.paid.pieces} />}
        {sells && <SoundTag stock={campaign.stock} />}
        {linked && (
          <Link to={path(`/campaigns/${campaign.id}`)}>
            <Button icon={<ChevronRight size={15} />} iconPlacement="end">
              看这一场
            </Button>
          </Link>
        )}
      </header>
      {flash && <FlashParts campaign={campaign} />}
      {campaign.kind === 'box' && <BoxPart campaign={campaign} />}
      {!(flash && linked) && (
        <div className="live-parts live-parts-even">
          {hasProgress(campaign) && campaign.kind !== 'box' && <KindPart campaign={campaign} />}
          {sells && <StorePart campaign={campaign} />}
          {sells && <FiguresPart figures={figures} />}
        </div>
      )}
    </section>
  )
}
