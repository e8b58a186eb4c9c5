import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Button, Input, Segmented, Switch } from 'antd'
import { History } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { useAgain } from './data.ts'
import { type Audience, causeWords, changeWords, type Snapshot } from './model.ts'

type Which = 'all' | 'entered' | 'left'

const Members = ({ snapshot }: { snapshot: Snapshot }) => {
  const { path } = useScope()
  const [which, setWhich] = useState<Which>('entered')
  const pages = useInfiniteQuery({
    queryKey: ['audience-members', snapshot.id, which],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/audience-snapshots/:snapshotId/members', {
        params: { snapshotId: snapshot.id },
        query: { which, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: !snapshot.released,
  })
  if (snapshot.released) return <p className="quiet small">超过 30 天的夜里快照只留人数，不留名单。</p>
  const members = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="snapshot-members">
      <Segmented<Which>
        size="small"
        value={which}
        onChange={setWhich}
        options={[
          { value: 'entered', label: `新进 ${snapshot.entered}` },
          { value: 'left', label: `离开 ${snapshot.left}` },
          { value: 'all', label: `全部 ${snapshot.members}` },
        ]}
      />
      {pages.isPending && <Bones lines={2} />}
      {pages.isError && (
        <ErrorState title="名单没取回来" error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.data && members.length === 0 && <p className="quiet small">没有人。</p>}
      <ul>
        {members.map((member) => (
          <li key={member.id}>
            <Link className="go" to={path(`/members/${member.id}`)}>
              {member.name}
            </Link>{' '}
            <small className="quiet">{member.phoneTail ? `尾号 ${member.phoneTail}` : '没绑手机'}</small>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          再看 30 位
        </Button>
      )}
    </div>
  )
}

const Upkeep = ({ audience }: { audience: Audience }) => {
  const again = useAgain()
  const notice = useNotice()
  const [tag, setTag] = useState(audience.tag?.name ?? '')
  const set = useMutation({
    mutationFn: (body: { nightly: boolean; tag: string | null }) =>
      api('PUT /console/v1/audiences/:audienceId/upkeep', { params: { audienceId: audience.id }, body }),
    onSuccess: () => {
      notice.success('记下了')
      void again()
    },
  })
  const typed = tag.trim()
  return (
    <div className="upkeep">
      <label className="upkeep-night">
        <Switch
          checked={audience.nightly}
          loading={set.isPending}
          onChange={(nightly) => set.mutate({ nightly, tag: audience.tag?.name ?? null })}
        />
        每晚 2 点以后自动重新圈一次
      </label>
      <Field id="audience-tag" label="圈到的人打上标签" optional help="每次圈完自动增减；不写就不打">
        <Input
          id="audience-tag"
          value={tag}
          maxLength={12}
          placeholder="如 周末家庭"
          onChange={(event) => setTag(event.target.value)}
        />
      </Field>
      <Refusal error={set.error} />
      {typed !== (audience.tag?.name ?? '') && (
        <Button
          loading={set.isPending}
          onClick={() => set.mutate({ nightly: audience.nightly, tag: typed === '' ? null : typed })}
        >
          {typed === '' ? '去掉标签' : '记下标签'}
        </Button>
      )}
    </div>
  )
}

/** Versions that stay, what each night found, and what the night does. */
export const HistoryPanel = ({
  audience,
  close,
  look,
}: {
  audience: Audience
  close: () => void
  look: (version: number) => void
}) => {
  const now = useNow()
  const mayWrite = useMay('audiences.write')
  const [open, setOpen] = useState<string>()
  return (
    <SidePanel title="版本和快照" icon={History} close={close} note="存过的都不变">
      <div className="history">
        {mayWrite && <Upkeep key={audience.tag?.name ?? ''} audience={audience} />}
        <h3>快照</h3>
        {audience.snapshots.length === 0 && (
          <EmptyState title="还没圈过" text="存成一版以后，按「现在圈一次」，或等今晚。" />
        )}
        <ul className="snapshots">
          {audience.snapshots.map((snapshot) => (
            <li key={snapshot.id}>
              <button
                type="button"
                className="bare"
                aria-expanded={open === snapshot.id}
                onClick={() => setOpen(open === snapshot.id ? undefined : snapshot.id)}
              >
                <span className="quiet nowrap">{when(snapshot.takenAt, now)}</span>
                <b>{snapshot.members.toLocaleString('en-US')} 人</b>
                <span>{changeWords(snapshot)}</span>
                <small className="quiet">
                  第 {snapshot.version} 版 · {causeWords[snapshot.cause]}
                </small>
              </button>
              {open === snapshot.id && <Members snapshot={snapshot} />}
            </li>
          ))}
        </ul>
        <h3>版本</h3>
        {audience.versions.length === 0 && <p className="quiet">还只有草稿。</p>}
        <ul className="snapshots">
          {audience.versions.map(({ version, savedAt, by }) => (
            <li key={version}>
              <button type="button" className="bare" onClick={() => look(version)}>
                <b>第 {version} 版</b>
                <span className="quiet nowrap">{when(savedAt, now)}</span>
                <small className="quiet">{by === 'system' ? '建店时带的' : by.replace('staff:', '')}</small>
                <span className="go">看这一版</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </SidePanel>
  )
}
