import { Button } from 'antd'
import { Moon, Plus } from 'lucide-react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { useAudiences } from './data.ts'
import { type AudienceHead, changeWords } from './model.ts'
import { RfmCard } from './rfm-card.tsx'
import { TagsCard } from './tags-card.tsx'
import './audiences.css'

const Row = ({ audience }: { audience: AudienceHead }) => {
  const { path } = useScope()
  const now = useNow()
  const { latest, version, changed, nightly, tag } = audience
  return (
    <tr>
      <td>
        <span className="two-lines">
          <Link className="audience-name" to={path(`/audiences/${audience.id}`)}>
            {audience.name}
          </Link>
          <small className="clip">{audience.note}</small>
        </span>
      </td>
      <td>
        {version === 0 ? (
          <StateTag tone="waiting">草稿</StateTag>
        ) : (
          <StateTag tone={changed ? 'waiting' : 'done'}>
            第 {version} 版{changed ? '，有改动没存' : ''}
          </StateTag>
        )}
      </td>
      <td className="num strong">{latest ? latest.members.toLocaleString('en-US') : '—'}</td>
      <td className="num quiet">{latest ? changeWords(latest) : ''}</td>
      <td className="quiet nowrap">{latest ? when(latest.takenAt, now) : '还没圈过'}</td>
      <td>
        {nightly && (
          <span className="audience-night">
            <Moon size={13} aria-hidden="true" /> 每晚
          </span>
        )}
      </td>
      <td>{tag && <Label tone="slate">{tag.name}</Label>}</td>
    </tr>
  )
}

/** 人群: who is meant by what, what the nights found, and where everybody stands. */
export default function AudiencesPage() {
  const { go } = useScope()
  const mayWrite = useMay('audiences.write')
  const audiences = useAudiences()
  return (
    <div className="audience-list">
      <PageHead title="人群" note="线上订单和门店小票一起算；关了营销的会员，哪个人群都不会有">
        {mayWrite && (
          <Button type="primary" icon={<Plus size={15} />} onClick={() => go('/audiences/new')}>
            新建人群
          </Button>
        )}
      </PageHead>
      <Card title="人群" note="人数是最近一次圈到的">
        {audiences.isPending && <Bones lines={6} />}
        {audiences.isError && (
          <ErrorState title="人群没取回来" error={audiences.error} retry={() => void audiences.refetch()} />
        )}
        {audiences.data?.length === 0 && (
          <EmptyState title="还没有人群" text="像写句子一样说清楚要哪些人，边写边看还剩多少。" />
        )}
        {audiences.data && audiences.data.length > 0 && (
          <table className="plain-table">
            <thead>
              <tr>
                <th>名字</th>
                <th>版本</th>
                <th className="num">人数</th>
                <th className="num">比上次</th>
                <th>什么时候圈的</th>
                <th>自动</th>
                <th>标签</th>
              </tr>
            </thead>
            <tbody>
              {audiences.data.map((audience) => (
                <Row key={audience.id} audience={audience} />
              ))}
            </tbody>
          </table>
        )}
      </Card>
      <RfmCard />
      <TagsCard />
    </div>
  )
}
