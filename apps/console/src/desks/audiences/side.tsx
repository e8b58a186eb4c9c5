import { type AudienceRule, conditionsOf } from '@linli/contract/audience-rules'
import { useQuery } from '@tanstack/react-query'
import { Button, Popover } from 'antd'
import { Check, ShieldCheck, ShieldX, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { FeedDot } from '../../ui/freshness.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { businessDay } from '../../ui/time.ts'
import { MemberPick } from '../coupons/member-pick.tsx'
import {
  type Count,
  factWords,
  figureWords,
  type Names,
  type Sample,
  share,
  shortWord,
  wantedWords,
} from './model.ts'

const number = (value: number): string => value.toLocaleString('en-US')

/** From everybody to those who can be used, a bar for each row; the same as a table for those who do not see it. */
const Funnel = ({ rule, count }: { rule: AudienceRule; count: Count }) => {
  const bars = [
    { word: '全部', value: count.all },
    ...rule.rows.map((row, i) => ({ word: shortWord(row), value: count.rows[i]?.left ?? 0 })),
    { word: '能用', value: count.members },
  ]
  return (
    <>
      <div className="funnel" aria-hidden="true">
        {bars.map(({ word, value }, i) => (
          <div key={i} className={i === 0 ? 'funnel-all' : i === bars.length - 1 ? 'funnel-last' : ''}>
            <span>{number(value)}</span>
            <i style={{ height: `${count.all === 0 ? 0 : Math.max(3, (value / count.all) * 66)}px` }} />
            <small className="clip">{word}</small>
          </div>
        ))}
      </div>
      <table className="sr-only">
        <caption>每一步还剩多少人</caption>
        <tbody>
          {bars.map(({ word, value }, i) => (
            <tr key={i}>
              <th scope="row">{word}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const Stores = ({ sample, names }: { sample: Sample; names: Names }) => {
  const most = Math.max(1, ...sample.byStore.map(({ members }) => members))
  return (
    <dl className="by-store">
      {sample.byStore.map(({ storeId, members }) => (
        <div key={storeId}>
          <dt className="clip" title={names.store(storeId)}>
            {names.store(storeId)}
          </dt>
          <dd>
            <span className="by-store-bar" aria-hidden="true">
              <i style={{ width: `${(members / most) * 100}%` }} />
            </span>
            {number(members)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** How many there are now, how they became so few, how many may be told, and where they buy. */
export const CountCard = ({
  rule,
  count,
  fits,
  sample,
  error,
  retry,
  names,
}: {
  rule: AudienceRule
  count: Count | undefined
  fits: boolean
  sample: Sample | undefined
  error: unknown
  retry: () => void
  names: Names
}) => (
  <Card className="count-card">
    {error ? (
      <ErrorState title="没数出来" error={error} retry={retry} />
    ) : !count ? (
      <Bones lines={5} />
    ) : (
      <>
        <header>
          <div>
            <small className="quiet">现在圈到</small>
            <p aria-live="polite">
              <b>{fits ? number(count.members) : '…'}</b> 人{' '}
              <small className="quiet">占会员 {share(count.members, count.all)}</small>
            </p>
          </div>
          <small className="quiet nowrap">
            <FeedDot feed={fits ? 'live' : 'stale'} />
            {(count.tookMs / 1000).toFixed(2)} 秒算完
          </small>
        </header>
        {fits && <Funnel rule={rule} count={count} />}
        <dl className="count-facts">
          <div>
            <dt>能发到</dt>
            <dd>{fits ? number(count.reachable) : '…'}</dd>
            <small className="quiet">{number(count.members - count.reachable)} 人没同意营销</small>
          </div>
          <div>
            <dt>会员一共</dt>
            <dd>{number(count.all)}</dd>
            <small className="quiet">停用的不算</small>
          </div>
        </dl>
        {sample && sample.byStore.length > 0 && <Stores sample={sample} names={names} />}
      </>
    )}
  </Card>
)

/** Why one member is in, or is not: the figure behind each condition beside what was asked for. */
export const WhyCard = ({
  rule,
  memberId,
  ask,
  names,
}: {
  rule: AudienceRule
  memberId: string | undefined
  ask: (memberId: string) => void
  names: Names
}) => {
  const { path } = useScope()
  const [picking, setPicking] = useState(false)
  const why = useQuery({
    queryKey: ['audience-why', rule, memberId],
    queryFn: () => api('POST /console/v1/audience-reasons', { body: { rule, memberId: memberId ?? '' } }),
    enabled: memberId !== undefined,
    retry: false,
  })
  const other = (
    <Popover
      trigger="click"
      open={picking}
      onOpenChange={setPicking}
      placement="bottomRight"
      content={
        <div className="why-pick">
          <MemberPick
            chosen={memberId === undefined ? [] : [memberId]}
            pick={({ id }) => {
              ask(id)
              setPicking(false)
            }}
          />
        </div>
      }
    >
      <button type="button" className="bare go">
        查别的会员
      </button>
    </Popover>
  )
  const { data } = why
  const conditions = new Map(conditionsOf(rule).map(({ path: at, condition }) => [at, condition]))
  return (
    <Card
      title={data ? `${data.isIn ? '为什么有' : '为什么没有'}${data.member.name}` : '为什么有他'}
      note={data?.member.phoneTail ? `尾号 ${data.member.phoneTail}` : undefined}
      extra={
        <>
          {data && (
            <Link className="go" to={path(`/members/${data.member.id}`)}>
              会员页
            </Link>
          )}
          {other}
        </>
      }
    >
      {memberId === undefined && (
        <p className="why-none quiet">左下随便看一位，或查一位会员：逐条说他够不够。</p>
      )}
      {memberId !== undefined && why.isPending && <Bones lines={4} />}
      {why.isError && <ErrorState title="没查出来" error={why.error} retry={() => void why.refetch()} />}
      {data && (
        <>
          <ul className="reasons">
            {data.reasons.map(({ path: at, figure, holds }) => {
              const condition = conditions.get(at)
              if (!condition) return null
              return (
                <li key={at}>
                  <i className={holds ? 'reason-yes' : 'reason-no'}>
                    {holds ? <Check size={13} aria-label="够" /> : <X size={13} aria-label="不够" />}
                  </i>
                  <span>
                    {factWords[condition.fact].name}：<b>{figureWords(condition, figure, names)}</b>
                  </span>
                  <small className="quiet nowrap">{wantedWords(condition, names)}</small>
                </li>
              )
            })}
          </ul>
          <p className={data.marketing.agreed ? 'why-consent' : 'why-consent why-consent-no'}>
            {data.marketing.agreed ? (
              <ShieldCheck size={16} aria-hidden="true" />
            ) : (
              <ShieldX size={16} aria-hidden="true" />
            )}
            {data.marketing.agreed === null
              ? '没说过同不同意营销：可以圈，不能发'
              : data.marketing.agreed
                ? `同意了营销${data.marketing.since ? `（${businessDay(data.marketing.since)}）` : ''}，可以发`
                : '关了营销：哪个人群都不会有他'}
          </p>
        </>
      )}
    </Card>
  )
}

/** Five members drawn from a rule, with the figures of its first conditions. */
export const SampleCard = ({
  rule,
  sample,
  names,
  chosen,
  choose,
  again,
}: {
  rule: AudienceRule
  sample: Sample | undefined
  names: Names
  chosen: string | undefined
  choose: (memberId: string) => void
  again: () => void
}) => {
  const shown = conditionsOf(rule).slice(0, 3)
  return (
    <Card
      title="随便看 5 位"
      note="看看是不是你想的那种人"
      extra={
        <Button size="small" onClick={again}>
          换 5 位
        </Button>
      }
    >
      {!sample && <Bones lines={4} />}
      {sample?.items.length === 0 && <p className="why-none quiet">现在一位也没有。放宽一条试试。</p>}
      {sample && sample.items.length > 0 && (
        <table className="plain-table sample">
          <thead>
            <tr>
              <th>会员</th>
              <th>常去</th>
              {shown.map(({ path, condition }) => (
                <th key={path} className="num">
                  {factWords[condition.fact].name}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {sample.items.map(({ member, storeId, reasons }) => (
              <tr key={member.id} className={chosen === member.id ? 'sample-at' : ''}>
                <td>
                  <b>{member.name}</b>{' '}
                  <small className="quiet">{member.phoneTail ? `尾号 ${member.phoneTail}` : ''}</small>
                </td>
                <td>{storeId ? names.store(storeId) : '—'}</td>
                {shown.map(({ path, condition }) => (
                  <td key={path} className="num">
                    {figureWords(
                      condition,
                      reasons.find((reason) => reason.path === path)?.figure ?? null,
                      names,
                    )}
                  </td>
                ))}
                <td className="num">
                  <button type="button" className="bare go" onClick={() => choose(member.id)}>
                    为什么
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
