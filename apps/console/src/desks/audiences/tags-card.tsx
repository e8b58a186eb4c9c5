import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { Tag as TagIcon, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { useAgain, useTags } from './data.ts'
import './audiences.css'

/** Every tag, who writes it, and how many bear it. */
export const TagsCard = () => {
  const { path } = useScope()
  const mayWrite = useMay('audiences.write')
  const again = useAgain()
  const tags = useTags()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: () => api('POST /console/v1/tags', { body: { name: name.trim() } }),
    onSuccess: () => {
      setName('')
      void again()
    },
  })
  return (
    <Card title="标签" note="手动的在会员页贴；自动的由人群每次圈完增减">
      {tags.isPending && <Bones lines={3} />}
      {tags.isError && (
        <ErrorState title="标签没取回来" error={tags.error} retry={() => void tags.refetch()} />
      )}
      {tags.data?.length === 0 && (
        <EmptyState title="还没有标签" text="写一个名字就有了；贴给谁，到会员页去贴。" />
      )}
      {tags.data && tags.data.length > 0 && (
        <ul className="tags">
          {tags.data.map((tag) => (
            <li key={tag.id}>
              <Label tone={tag.audience ? 'slate' : 'amber'}>{tag.name}</Label>
              <b>{tag.members.toLocaleString('en-US')} 人</b>
              {tag.audience ? (
                <Link className="go small" to={path(`/audiences/${tag.audience.id}`)}>
                  {tag.audience.name}
                </Link>
              ) : (
                <small className="quiet">手动</small>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div className="tags-add">
          <Input
            value={name}
            maxLength={12}
            aria-label="新标签"
            placeholder="新标签，如 街坊"
            onChange={(event) => setName(event.target.value)}
          />
          <Button disabled={name.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>
            加标签
          </Button>
          <Refusal error={add.error} />
        </div>
      )}
    </Card>
  )
}

/** The tags of one member, on their page. */
export const MemberTags = ({ memberId }: { memberId: string }) => {
  const mayRead = useMay('audiences.read')
  const mayWrite = useMay('audiences.write')
  const again = useAgain()
  const mine = useQuery({
    queryKey: ['member-tags', memberId],
    queryFn: async () =>
      (await api('GET /console/v1/members/:memberId/tags', { params: { memberId } })).items,
    enabled: mayRead,
  })
  const all = useTags()
  const put = useMutation({
    mutationFn: (tagId: string) =>
      api('PUT /console/v1/tags/:tagId/members/:memberId', { params: { tagId, memberId } }),
    onSuccess: () => void again(),
  })
  const take = useMutation({
    mutationFn: (tagId: string) =>
      api('DELETE /console/v1/tags/:tagId/members/:memberId', { params: { tagId, memberId } }),
    onSuccess: () => void again(),
  })
  if (!mayRead) return null
  const free = (all.data ?? []).filter(
    ({ id, audience }) => !audience && !mine.data?.some((each) => each.id === id),
  )
  return (
    <Card title="标签" note="自动的由人群写，这里改不了">
      <div className="member-tags">
        {mine.data?.length === 0 && <span className="quiet">还没有标签</span>}
        {mine.data?.map(({ id, name, automatic }) => (
          <span key={id} className={automatic ? 'tag tag-label-slate' : 'tag tag-label-amber'}>
            <TagIcon size={12} aria-hidden="true" /> {name}
            {!automatic && mayWrite && (
              <button
                type="button"
                className="bare"
                aria-label={`去掉${name}`}
                onClick={() => take.mutate(id)}
              >
                <X size={12} />
              </button>
            )}
          </span>
        ))}
        {mayWrite && free.length > 0 && (
          <Select
            size="small"
            value={null}
            placeholder="贴标签"
            aria-label="贴标签"
            loading={put.isPending}
            options={free.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id: string | null) => id && put.mutate(id)}
          />
        )}
        <Refusal error={put.error ?? take.error} />
      </div>
    </Card>
  )
}
