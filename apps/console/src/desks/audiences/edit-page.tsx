import { type AudienceRule, ruleFault, type Segment, SEGMENTS } from '@linli/contract/audience-rules'
import { useMutation } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { History, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { hourMinute } from '../../ui/time.ts'
import { useAgain, useAudience, useCounts, useNames } from './data.ts'
import { HistoryPanel } from './history-panel.tsx'
import { type Audience, changeWords, isChosen, ruleFaultWords, segmentWords } from './model.ts'
import { Sentences, Tree } from './sentence.tsx'
import { CountCard, SampleCard, WhyCard } from './side.tsx'
import './audiences.css'

interface Draft {
  name: string
  note: string
  rule: AudienceRule
}
const same = (a: Draft, b: Draft): boolean =>
  a.name === b.name && a.note === b.note && JSON.stringify(a.rule) === JSON.stringify(b.rule)

/** What can be done with a draft; each keeps what was written before it does anything else. */
function useKeeping(audience: Audience | undefined, draft: Draft) {
  const again = useAgain()
  const notice = useNotice()
  const { go } = useScope()
  const isChanged = !audience || !same(draft, audience)
  const keep = async (): Promise<Audience> => {
    if (!audience) return api('POST /console/v1/audiences', { body: draft })
    if (!isChanged) return audience
    const { id: audienceId, revision } = audience
    return api('PUT /console/v1/audiences/:audienceId/draft', {
      params: { audienceId },
      body: { ...draft, revision },
    })
  }
  const shown = (kept: Audience, words: string) => {
    notice.success(words)
    void again()
    if (!audience) go(`/audiences/${kept.id}`)
  }
  const draftKept = useMutation({ mutationFn: keep, onSuccess: (kept) => shown(kept, '草稿存好了') })
  const saved = useMutation({
    mutationFn: async () => {
      const kept = await keep()
      return api('POST /console/v1/audiences/:audienceId/versions', {
        params: { audienceId: kept.id },
        body: { revision: kept.revision },
      })
    },
    onSuccess: (kept) => shown(kept, `存成了第 ${kept.version} 版`),
    onError: () => void again(),
  })
  const taken = useMutation({
    mutationFn: () =>
      api('POST /console/v1/audiences/:audienceId/snapshots', { params: { audienceId: audience?.id ?? '' } }),
    onSuccess: (snapshot) => {
      notice.success(`圈到 ${snapshot.members} 人，${changeWords(snapshot)}`)
      void again()
    },
  })
  const gone = useMutation({
    mutationFn: () =>
      api('DELETE /console/v1/audiences/:audienceId', { params: { audienceId: audience?.id ?? '' } }),
    onSuccess: () => {
      notice.success('收起来了，以前的快照都在')
      void again()
      go('/audiences')
    },
  })
  return { isChanged, draftKept, saved, taken, gone }
}

const Builder = ({ audience, begin }: { audience: Audience | undefined; begin: Draft }) => {
  const { path } = useScope()
  const names = useNames()
  const mayWrite = useMay('audiences.write')
  const [draft, setDraft] = useState<Draft>(audience ?? begin)
  const [view, setView] = useState<'sentence' | 'tree'>('sentence')
  const [seed, setSeed] = useState(0)
  const [asked, setAsked] = useState<string>()
  const [panel, setPanel] = useState(false)
  const { isChanged, draftKept, saved, taken, gone } = useKeeping(audience, draft)
  const { count, sample, settled, fits } = useCounts(draft.rule, seed)
  const fault = ruleFault(draft.rule)
  const isWhole =
    draft.rule.rows.length > 0 && draft.rule.rows.every(isChosen) && !fault && draft.name.trim() !== ''
  const change = (part: Partial<Draft>) => {
    draftKept.reset()
    saved.reset()
    setDraft((now) => ({ ...now, ...part }))
  }
  const version = audience?.version ?? 0
  const isDraft = isChanged || audience?.changed !== false
  const latest = audience?.latest
  const memberId = asked ?? sample.data?.items[0]?.member.id
  const error = draftKept.error ?? saved.error ?? taken.error ?? gone.error
  const naming = mayWrite && (
    <Card title="名字">
      <div className="audience-names">
        <Input
          value={draft.name}
          maxLength={20}
          placeholder="起个名字，如 周末采购家庭"
          aria-label="名字"
          onChange={(event) => change({ name: event.target.value })}
        />
        <Input
          value={draft.note}
          maxLength={120}
          placeholder="一句话说这是什么人（选填）"
          aria-label="说明"
          onChange={(event) => change({ note: event.target.value })}
        />
        {isChanged && draft.name.trim() !== '' && !fault && draft.rule.rows.every(isChosen) && (
          <Button loading={draftKept.isPending} onClick={() => draftKept.mutate()}>
            只存草稿
          </Button>
        )}
        {audience && (
          <Button danger icon={<Trash2 size={14} />} loading={gone.isPending} onClick={() => gone.mutate()}>
            收起来
          </Button>
        )}
      </div>
    </Card>
  )
  return (
    <div className={panel ? 'audience-page audience-page-open' : 'audience-page'}>
      <div>
        <PageHead
          title={draft.name.trim() || '新人群'}
          back={{ to: path('/audiences'), label: '回人群' }}
          tags={
            <StateTag tone={isDraft ? 'waiting' : 'done'}>
              {isDraft ? `第 ${version + 1} 版 · 草稿` : `第 ${version} 版`}
            </StateTag>
          }
          note={
            count.data ? `线上订单 + 门店小票，截至 ${hourMinute(count.data.asOf)}` : '线上订单 + 门店小票'
          }
        >
          {latest && (
            <span className="quiet small nowrap">
              上次 {latest.members.toLocaleString('en-US')} 人，{changeWords(latest)}
            </span>
          )}
          {audience && (
            <Button icon={<History size={15} />} onClick={() => setPanel(!panel)}>
              版本和快照
            </Button>
          )}
          {mayWrite && isDraft && (
            <Button
              type={isDraft ? 'primary' : 'default'}
              disabled={!isWhole}
              loading={saved.isPending}
              onClick={() => saved.mutate()}
            >
              存成第 {version + 1} 版
            </Button>
          )}
          {mayWrite && !isDraft && version > 0 && (
            <Button type="primary" loading={taken.isPending} onClick={() => taken.mutate()}>
              现在圈一次
            </Button>
          )}
        </PageHead>
        {error && <Refusal error={error} />}
        <div className="audience-grid">
          <div className="audience-column">
            {!audience && naming}
            <Card
              title="圈这样的人"
              extra={
                <>
                  <span className="row-heads quiet">还剩</span>
                  <span className="row-heads quiet">筛掉</span>
                </>
              }
              note={
                <Segmented
                  value={view}
                  onChange={setView}
                  options={[
                    { value: 'sentence' as const, label: '句子' },
                    { value: 'tree' as const, label: '条件树' },
                  ]}
                />
              }
              className="rule-card"
            >
              {fault && (
                <p className="rule-fault" role="alert">
                  {ruleFaultWords(fault.fault)}
                </p>
              )}
              {view === 'tree' ? (
                <Tree rule={draft.rule} names={names} />
              ) : (
                <Sentences
                  rule={draft.rule}
                  change={(rule) => change({ rule })}
                  names={names}
                  count={count.data}
                  fits={fits}
                  frozen={!mayWrite}
                />
              )}
            </Card>
            <SampleCard
              rule={settled}
              sample={sample.data}
              names={names}
              chosen={memberId}
              choose={setAsked}
              again={() => {
                setAsked(undefined)
                setSeed((now) => (now + 1) % 1000)
              }}
            />
            {audience && naming}
          </div>
          <div className="audience-column">
            <CountCard
              rule={settled}
              count={count.data}
              fits={fits}
              sample={sample.data}
              error={count.error}
              retry={() => void count.refetch()}
              names={names}
            />
            <WhyCard rule={settled} memberId={memberId} ask={setAsked} names={names} />
          </div>
        </div>
      </div>
      {panel && audience && (
        <HistoryPanel
          audience={audience}
          close={() => setPanel(false)}
          look={(wanted) => {
            const old = audience.versions.find((each) => each.version === wanted)
            if (old) change({ rule: old.rule })
          }}
        />
      )}
    </div>
  )
}

/** What the grid of recency and frequency asks for, as a rule to begin with. */
function fromGrid(params: URLSearchParams): Draft {
  const segment = SEGMENTS.find((each) => each === params.get('segment'))
  const [r, f] = [Number(params.get('r')), Number(params.get('f'))]
  const name = (which: Segment) => segmentWords[which]
  if (segment)
    return { name: name(segment), note: '', rule: { rows: [{ fact: 'segment', oneOf: [segment] }] } }
  if (r >= 1 && r <= 5 && f >= 1 && f <= 5)
    return {
      name: `R${r} F${f}`,
      note: '',
      rule: {
        rows: [
          { fact: 'rfm_r', op: 'between', value: r, upTo: r },
          { fact: 'rfm_f', op: 'between', value: f, upTo: f },
        ],
      },
    }
  return { name: '', note: '', rule: { rows: [] } }
}

/** One audience while it is built: the sentence, how many it leaves, and why somebody is in it. */
export default function EditAudiencePage() {
  const { audienceId } = useParams()
  const [params] = useSearchParams()
  const audience = useAudience(audienceId)
  if (audienceId && audience.isPending) return <Bones lines={9} />
  if (audience.isError)
    return <ErrorState title="人群没取回来" error={audience.error} retry={() => void audience.refetch()} />
  // A draft that was kept is what is written from here on.
  const key = audience.data ? `${audience.data.id} ${audience.data.revision}` : params.toString()
  return <Builder key={key} audience={audience.data} begin={fromGrid(params)} />
}
