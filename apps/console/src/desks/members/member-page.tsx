import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Eye, Phone } from 'lucide-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { WordsField } from '../../ui/words-field.tsx'
import { MemberTags } from '../audiences/tags-card.tsx'
import { changeWhy, type Growth, growthWords, type Member, type Terms, tierName } from './model.ts'
import { useTierTerms } from './tabs.tsx'
import './members.css'

const usual = ['顾客来电核对', '处理售后', '核对老会员卡']

const RevealPanel = ({ member, close }: { member: Member; close: () => void }) => {
  const [reason, setReason] = useState('')
  const ask = useMutation({
    mutationFn: () =>
      api('POST /console/v1/members/:memberId/phone-reveals', {
        params: { memberId: member.id },
        body: { reason: reason.trim() },
      }),
  })
  return (
    <SidePanel title="看完整手机号" icon={Phone} close={close} note="会留在操作记录里">
      {ask.data ? (
        <p className="members-phone">
          {ask.data.phone}
          <small className="quiet">关掉这一栏就不再显示</small>
        </p>
      ) : (
        <div className="members-reason">
          <WordsField
            id="reveal-reason"
            label="为什么要看"
            placeholder="写给以后查记录的人"
            usual={usual}
            most={60}
            value={reason}
            change={setReason}
          />
        </div>
      )}
      <footer>
        <Refusal error={ask.error} />
        {!ask.data && (
          <Button
            type="primary"
            size="large"
            block
            disabled={reason.trim() === ''}
            loading={ask.isPending}
            onClick={() => ask.mutate()}
          >
            显示号码
          </Button>
        )}
      </footer>
    </SidePanel>
  )
}

const Facts = ({ member, growth, terms }: { member: Member; growth: Growth; terms: Terms | undefined }) => {
  const now = useNow()
  const waiting = growth.waiting.purchases
  return (
    <Card title="等级和成长值" note="等级只看公布的规则，同一级的人价格都一样">
      <dl className="members-facts">
        <div>
          <dt>等级</dt>
          <dd>{growth.tier ? growth.tier.name : '—'}</dd>
        </div>
        <div>
          <dt>本期成长值</dt>
          <dd>{growth.growth.toLocaleString('en-US')}</dd>
        </div>
        <div>
          <dt>这一期</dt>
          <dd className="members-small">
            {growth.periodFrom ? `${growth.periodFrom} 到 ${growth.periodUntil ?? ''}` : '还没开始'}
          </dd>
        </div>
        <div>
          <dt>等售后期过</dt>
          <dd className="members-small">{waiting > 0 ? `${waiting} 笔` : '没有'}</dd>
        </div>
        <div>
          <dt>加入</dt>
          <dd className="members-small">{when(member.joinedAt, now)}</dd>
        </div>
      </dl>
      {growth.changes.length > 0 && (
        <ul className="members-changes">
          {growth.changes.map((change) => (
            <li key={`${change.at} ${change.to}`}>
              <span className="quiet nowrap">{when(change.at, now)}</span>
              <b>
                {change.from === null ? '' : `${tierName(terms, change.from)} → `}
                {tierName(terms, change.to)}
              </b>
              <span className="quiet">{changeWhy(change.why)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const Ledger = ({ memberId }: { memberId: string }) => {
  const now = useNow()
  const { path } = useScope()
  const pages = useInfiniteQuery({
    queryKey: ['growth-postings', memberId],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/members/:memberId/growth-postings', {
        params: { memberId },
        query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const postings = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title="成长值明细" note="余额等于明细加起来">
      {pages.isPending && <Bones lines={4} />}
      {pages.isError && (
        <ErrorState title="明细没取回来" error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.data && postings.length === 0 && (
        <EmptyState title="还没有成长值" text="取货且售后期过了，就会记在这里。" />
      )}
      {postings.length > 0 && (
        <table className="plain-table">
          <tbody>
            {postings.map((posting) => (
              <tr key={posting.id}>
                <td className="quiet nowrap">{when(posting.at, now)}</td>
                <td>
                  {growthWords(posting)}{' '}
                  {posting.purchaseId && (
                    <Link className="go" to={path(`/orders/${posting.purchaseId}`)}>
                      看订单
                    </Link>
                  )}
                </td>
                <td className="num strong">
                  {posting.growth > 0 ? `+${posting.growth}` : `−${-posting.growth}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.hasNextPage && (
        <div className="members-more">
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            更早的
          </Button>
        </div>
      )}
    </Card>
  )
}

const Cards = ({ memberId }: { memberId: string }) => {
  const now = useNow()
  const { path } = useScope()
  const { data } = useQuery({
    queryKey: ['member-old-cards', memberId],
    queryFn: () => api('GET /console/v1/members/:memberId/old-cards', { params: { memberId } }),
  })
  if (!data || data.items.length === 0) return null
  return (
    <Card title="老会员卡">
      <ul className="members-cards">
        {data.items.map((card) => (
          <li key={card.no}>
            <Link className="go" to={path(`/members/old-cards?q=${card.no}`)}>
              {card.no}
            </Link>
            <span>
              带来 {card.points} 积分、{card.growth} 成长值
            </span>
            <span className="quiet">
              {card.purchases === null ? '' : `以前买过 ${card.purchases} 次`}
              {card.spentFen === null ? '' : `，共 ${formatFen(card.spentFen)}`}
            </span>
            <span className="quiet nowrap">{card.binding ? `${when(card.binding.at, now)} 绑定` : ''}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What other desks have of this member. */
const Elsewhere = ({ member }: { member: Member }) => {
  const { path } = useScope()
  const points = useQuery({
    queryKey: ['member-points', member.id],
    queryFn: () => api('GET /console/v1/members/:memberId/points', { params: { memberId: member.id } }),
  })
  const tail = member.phoneTail
  return (
    <Card title="别处的记录">
      <nav className="members-elsewhere" aria-label="别处的记录">
        <Link to={path(`/points?member=${member.id}`)}>
          <b>{points.data ? points.data.available.toLocaleString('en-US') : '–'}</b>
          积分
        </Link>
        {tail && (
          <Link to={path(`/orders?q=${tail}`)}>
            <b>订单</b>
            手机尾号 {tail}
          </Link>
        )}
        {tail && (
          <Link to={path(`/stored-value?tail=${tail}&member=${member.id}`)}>
            <b>储值余额</b>
            手机尾号 {tail}
          </Link>
        )}
        <Link to={path('/coupons')}>
          <b>优惠券</b>
          按券查谁有
        </Link>
      </nav>
    </Card>
  )
}

/** One member, masked: tier and growth, and the way to everything else of theirs. */
export default function MemberPage() {
  const { memberId = '' } = useParams()
  const { path } = useScope()
  const mayReveal = useMay('members.reveal')
  const [revealing, setRevealing] = useState(false)
  const { now: terms } = useTierTerms()
  const params = { memberId }
  const member = useQuery({
    queryKey: ['member', memberId],
    queryFn: () => api('GET /console/v1/members/:memberId', { params }),
  })
  const growth = useQuery({
    queryKey: ['member-growth', memberId],
    queryFn: () => api('GET /console/v1/members/:memberId/growth', { params }),
  })
  const { data } = member
  return (
    <div className={revealing && data ? 'members-page members-page-open' : 'members-page'}>
      <div>
        <PageHead
          title={data?.name ?? '会员'}
          back={{ to: path('/members'), label: '回到会员' }}
          note={data ? (data.phone ?? '没绑手机') : undefined}
          tags={
            data && (
              <>
                {growth.data?.tier && <Label tone="leaf">{growth.data.tier.name}</Label>}
                {data.blocked && <StateTag tone="over">停用</StateTag>}
              </>
            )
          }
        >
          {mayReveal && data?.phone && (
            <Button icon={<Eye size={15} />} onClick={() => setRevealing(true)}>
              看完整手机号
            </Button>
          )}
        </PageHead>
        <div className="members-cards-column">
          {member.isError && (
            <ErrorState title="没取回来" error={member.error} retry={() => void member.refetch()} />
          )}
          {(member.isPending || growth.isPending) && <Bones lines={6} />}
          {data && <Elsewhere member={data} />}
          {data && <MemberTags memberId={data.id} />}
          {data && growth.data && <Facts member={data} growth={growth.data} terms={terms} />}
          {data && <Cards memberId={memberId} />}
          {data && <Ledger memberId={memberId} />}
        </div>
      </div>
      {revealing && data && <RevealPanel member={data} close={() => setRevealing(false)} />}
    </div>
  )
}
