import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Freshness } from '../../ui/freshness.tsx'
import { Money } from '../../ui/money.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { BoxPart } from './box-part.tsx'
import type { Campaign } from './model.ts'
import {
  gatheredWords,
  type Groups,
  type Invites,
  inviteSteps,
  presaleSums,
  type Rallies,
  rallySteps,
  reachedWords,
  type Step,
} from './progress-model.ts'

const count = (number: number): string => number.toLocaleString('en-US')
const live = ({ state }: Campaign): number | false => (state === 'LIVE' ? 10_000 : false)

/** Steps one under the other, each with its share of the one before. */
export const Funnel = ({ steps, got }: { steps: readonly Step[]; got: number }) => (
  <ol className="live-funnel">
    {steps.map((step, i) => (
      <li key={step.name} className={i >= got ? 'funnel-got' : undefined}>
        <span>{step.name}</span>
        <b>{count(step.count)}</b>
        <small>{step.share === undefined ? '' : `${(step.share / 10).toFixed(1)}%`}</small>
        <i aria-hidden="true">
          <i style={{ width: `${step.width * 100}%` }} />
        </i>
      </li>
    ))}
  </ol>
)

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

interface PartProps<T> {
  title: string
  note?: string | undefined
  asOf?: string | undefined
  result: { data: T | undefined; error: Error | null; refetch: () => unknown }
  children: (data: T) => ReactNode
}
const Part = <T,>({ title, note, asOf, result, children }: PartProps<T>) => (
  <section className="live-part">
    <header>
      <h3>{title}</h3>
      {asOf ? <Freshness at={asOf} /> : <span className="quiet small">{note}</span>}
    </header>
    {result.data ? (
      children(result.data)
    ) : result.error ? (
      <ErrorState title="数字没取回来" error={result.error} retry={() => void result.refetch()} />
    ) : (
      <Bones lines={5} />
    )}
  </section>
)

const GroupSums = ({ groups, ladder }: { groups: Groups; ladder: boolean }) => {
  const { open, succeeded, failed, waiting, refunding, refunded, refundedFen } = groups
  if (open + succeeded + failed === 0)
    return (
      <p className="live-note quiet small">还没有人开团。团里只有下了单的人，没有机器人，也没有虚拟成团。</p>
    )
  return (
    <dl className="sums campaign-sums">
      <Row name="正在凑">
        {count(open)} 个团 · {count(waiting)} 人付了款在等
      </Row>
      <Row name="成团">
        {count(succeeded)} 个团
        {gatheredWords(groups) && <span className="quiet"> · {gatheredWords(groups)}</span>}
      </Row>
      {ladder && succeeded > 0 && (
        <Row name="到了哪一阶">
          {reachedWords(groups).map((words) => (
            <div key={words}>{words}</div>
          ))}
        </Row>
      )}
      <Row name="没成团">{count(failed)} 个团</Row>
      <Row name="没成团退款">
        {refunding > 0 && `${count(refunding)} 人正在退 · `}
        {count(refunded)} 人退完 <Money fen={refundedFen} />
      </Row>
    </dl>
  )
}
const GroupPart = ({ campaign }: { campaign: Campaign }) => {
  const groups = useQuery({
    queryKey: ['campaigns', 'groups', campaign.id],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/groups', { params: { campaignId: campaign.id } }),
    refetchInterval: live(campaign),
  })
  return (
    <Part title="团和人" asOf={groups.data?.asOf} result={groups}>
      {(data) => (
        <GroupSums
          groups={data}
          ladder={campaign.terms.kind === 'group' && campaign.terms.steps !== undefined}
        />
      )}
    </Part>
  )
}

/** How many rallies stand at so many helps. */
const ByHelps = ({ byHelps }: Pick<Rallies, 'byHelps'>) => {
  const most = Math.max(1, ...byHelps)
  return (
    <>
      <header className="live-refusals-head">
        <h3>都到哪一步了</h3>
        <span className="quiet small">几份发起</span>
      </header>
      <ul className="live-refusals">
        {byHelps.map((rallies, helps) => (
          <li key={helps}>
            <span>{helps === 0 ? '还没有人帮' : `${helps} 位朋友帮了`}</span>
            <i aria-hidden="true">
              <i style={{ width: `${(rallies / most) * 100}%` }} />
            </i>
            <b>{count(rallies)}</b>
          </li>
        ))}
      </ul>
    </>
  )
}
const RallyPart = ({ campaign, kind }: { campaign: Campaign; kind: 'bargain' | 'assist' }) => {
  const rallies = useQuery({
    queryKey: ['campaigns', 'rallies', campaign.id],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/rallies', { params: { campaignId: campaign.id } }),
    refetchInterval: live(campaign),
  })
  return (
    <Part title="发起和帮忙" asOf={rallies.data?.asOf} result={rallies}>
      {(data) => (
        <>
          <Funnel steps={rallySteps(kind, data)} got={2} />
          <p className="live-note quiet small">
            {count(data.helpers)} 位朋友一共帮了 {count(data.helps)} 次，其中 {count(data.newHelpers)}{' '}
            位是当天的新会员。
            {data.expired > 0 && `${count(data.expired)} 份到时间没成。`}
            {data.couponsRefused > 0 && `${count(data.couponsRefused)} 张券没送成（券停了或发完了）。`}
          </p>
          {data.started > 0 && <ByHelps byHelps={data.byHelps} />}
        </>
      )}
    </Part>
  )
}

const InviteNote = ({ refused, reversed, friendCoupons }: Invites) => (
  <p className="live-note quiet small">
    {`朋友得了 ${count(friendCoupons)} 张券。`}
    {refused > 0 && `${count(refused)} 张没送成（券停了或发完了）。`}
    {reversed > 0 && `${count(reversed)} 位的单全退了，券收回。`}
    只转发没有奖励：朋友做到了才算。
  </p>
)
const InvitePart = ({ campaign }: { campaign: Campaign }) => {
  const invites = useQuery({
    queryKey: ['campaigns', 'invites', campaign.id],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/invites', { params: { campaignId: campaign.id } }),
    refetchInterval: live(campaign),
  })
  return (
    <Part title="分享和朋友" asOf={invites.data?.asOf} result={invites}>
      {(data) => (
        <>
          <Funnel steps={inviteSteps(data)} got={2} />
          <InviteNote {...data} />
        </>
      )}
    </Part>
  )
}

const PresalePart = ({ campaign }: { campaign: Campaign }) => {
  const { path } = useScope()
  const now = useNow()
  const may = useMay('orders.read')
  const presales = useQuery({
    queryKey: ['presales', 'goods'],
    queryFn: () => api('GET /console/v1/presales'),
    refetchInterval: live(campaign),
    enabled: may,
  })
  if (!may || campaign.terms.kind !== 'presale') return null
  const { promisedBy } = campaign.terms
  return (
    <Part title="谁在等货" note={`说好 ${when(promisedBy, now)} 前到`} result={presales}>
      {({ items }) => {
        const sums = presaleSums(items, campaign.id)
        return (
          <>
            <dl className="sums campaign-sums">
              <Row name="付了定金，等付尾款">
                {count(sums.balanceOrders)} 单 {count(sums.balancePieces)} 件
              </Row>
              <Row name="付清了，等货到">
                {count(sums.waitingOrders)} 单 {count(sums.waitingPieces)} 件
              </Row>
              <Row name="已经到货留好">{count(sums.arrivedPieces)} 件</Row>
            </dl>
            <p className="live-note small">
              {sums.rows.length > 0 ? (
                <Link className="go" to={path('/presales')}>
                  货到了去「预售到货」留给他们
                </Link>
              ) : (
                <span className="quiet">现在没有人在等。</span>
              )}
            </p>
          </>
        )
      }}
    </Part>
  )
}

/** What only campaigns of its kind count; nothing for a flash sale, whose gate has a monitor of its own. */
export const hasProgress = ({ kind, state }: Campaign): boolean =>
  kind !== 'flash' && (state === 'LIVE' || state === 'ENDED')
export const KindPart = ({ campaign }: { campaign: Campaign }) => {
  const { kind } = campaign
  if (kind === 'group') return <GroupPart campaign={campaign} />
  if (kind === 'bargain' || kind === 'assist') return <RallyPart campaign={campaign} kind={kind} />
  if (kind === 'share_off') return <InvitePart campaign={campaign} />
  if (kind === 'presale') return <PresalePart campaign={campaign} />
  if (kind === 'box') return <BoxPart campaign={campaign} />
  return null
}
