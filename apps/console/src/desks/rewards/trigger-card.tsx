import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Sentences } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { useRewardTemplates, useSendTrigger } from './data.ts'
import {
  type Night,
  switchedTrigger,
  type TriggerKind,
  triggerSentences,
  type TriggerTerms,
  triggerWords,
} from './model.ts'

const NightRow = ({ night }: { night: Night }) => (
  <tr>
    <td className="nowrap">{night.night}</td>
    <td className="num">{night.due.toLocaleString('en-US')}</td>
    <td className="num strong">{night.reached.toLocaleString('en-US')}</td>
    <td className="num">{night.told.toLocaleString('en-US')}</td>
    <td className={night.refused > 0 ? 'num reward-refused' : 'num quiet'}>{night.refused || '–'}</td>
    <td className="num">{night.used.toLocaleString('en-US')}</td>
    <td className="num nowrap">{night.costFen > 0 ? formatFen(night.costFen) : '–'}</td>
  </tr>
)
const Nights = ({ kind }: { kind: TriggerKind }) => {
  const pages = useInfiniteQuery({
    queryKey: ['trigger-nights', kind],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/trigger-nights', {
        query: { kind, limit: 10, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  if (pages.isPending) return <Bones lines={3} />
  if (pages.isError)
    return <ErrorState title="记录没取回来" error={pages.error} retry={() => void pages.refetch()} />
  const nights = pages.data.pages.flatMap(({ items }) => items)
  if (nights.length === 0)
    return <p className="quiet reward-foot">还没跑过一晚。打开以后，每天凌晨 4 点以后跑一次。</p>
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th>哪一晚</th>
            <th className="num">够条件</th>
            <th className="num">送到</th>
            <th className="num">告诉了</th>
            <th className="num">没送成</th>
            <th className="num">用了</th>
            <th className="num">花了</th>
          </tr>
        </thead>
        <tbody>
          {nights.map((night) => (
            <NightRow key={night.id} night={night} />
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <div className="reward-more">
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            更早的
          </Button>
        </div>
      )}
    </>
  )
}

const Switch = ({ terms }: { terms: TriggerTerms }) => {
  const notice = useNotice()
  const { name } = triggerWords[terms.kind]
  const send = useSendTrigger(({ active }) => notice.success(active ? `${name}打开了` : `${name}关掉了`))
  return (
    <TermsSwitch
      what={name}
      active={terms.active}
      turningOff="从下一晚起不再送；送出去的券照用。"
      turningOn="从下一晚起照现在的规则送；送过的不会再送。"
      busy={send.isPending}
      error={send.error}
      flip={() => send.mutate(switchedTrigger(terms))}
    />
  )
}

interface TriggerCardProps {
  kind: TriggerKind
  terms: TriggerTerms | undefined
  edit: () => void
}
/** A trigger: whether it is on, what it gives when, and what each night did. */
export const TriggerCard = ({ kind, terms, edit }: TriggerCardProps) => {
  const now = useNow()
  const mayWrite = useMay('rewards.write')
  const { nameOf } = useRewardTemplates()
  const { name, note } = triggerWords[kind]
  return (
    <Card
      title={name}
      note={terms ? `${when(terms.since, now)}，${whoWords(terms.by)}定的` : note}
      extra={
        <>
          {terms && (
            <StateTag tone={terms.active ? 'done' : 'over'}>{terms.active ? '开着' : '关着'}</StateTag>
          )}
          {mayWrite && terms && <Switch terms={terms} />}
          {mayWrite && (
            <Button icon={<Pencil size={15} />} aria-label={`改${name}`} onClick={edit}>
              {terms ? '换一版' : '定规则'}
            </Button>
          )}
        </>
      }
    >
      {terms ? (
        <>
          <Sentences terms={terms}>{triggerSentences(terms, nameOf)}</Sentences>
          <Nights kind={kind} />
        </>
      ) : (
        <EmptyState title={`还没有${name}`} text={`${note}。先定规则、试算人数，再打开。`} />
      )}
    </Card>
  )
}
