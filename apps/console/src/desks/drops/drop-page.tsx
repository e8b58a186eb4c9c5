import { Button, Popconfirm, Segmented } from 'antd'
import { OctagonX, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'

import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { hourMinute, when } from '../../ui/time.ts'
import { WordsField } from '../../ui/words-field.tsx'
import { useDrop, useDropMembers, useErase, useStep, useStop } from './data.ts'
import {
  axisOf,
  type Drop,
  leftOutWords,
  type Result,
  type Round,
  stateTones,
  stateWords,
  stopWords,
  verdictSentence,
} from './model.ts'
import { Interval, Shares, Verdict } from './uplift.tsx'
import '../terms/terms.css'
import './drops.css'

const Outcome = ({ drop, result }: { drop: Drop; result: Result }) => {
  const now = useNow()
  return (
    <Card
      title="有没有用"
      note={result.readyAt ? `${when(result.readyAt, now)} 下结论` : '最后一轮发完再数天数'}
      extra={<Verdict result={result} />}
    >
      <p className="drop-sentence">{verdictSentence(result)}</p>
      <div className="drop-outcome">
        <Shares result={result} />
        <Interval result={result} axis={axisOf([result])} />
      </div>
      <dl className="drop-figures">
        <div>
          <dt>券用了</dt>
          <dd>{result.used.toLocaleString('en-US')} 张</dd>
        </div>
        <div>
          <dt>券实际抵掉</dt>
          <dd>{formatFen(result.costFen)}</dd>
        </div>
        {result.kept && (
          <div>
            <dt>人均多买（95% 区间）</dt>
            <dd>
              {formatFen(Math.round(result.kept.value))}
              <small className="quiet">
                {' '}
                {formatFen(Math.round(result.kept.low))} ~ {formatFen(Math.round(result.kept.high))}
              </small>
            </dd>
          </div>
        )}
      </dl>
      {drop.state === 'STOPPED' && drop.stop && (
        <p className="drop-note">{stopWords[drop.stop]}。发出去的券还在顾客手里。</p>
      )}
    </Card>
  )
}

const Rounds = ({ rounds }: { rounds: readonly Round[] }) => {
  const now = useNow()
  if (rounds.length === 0)
    return <EmptyState title="还没发" text="到了时间，系统现圈一遍人，抽签分两边，再一个个发。" />
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>哪一轮</th>
          <th className="num">人群里</th>
          <th className="num">发给</th>
          <th className="num">对照</th>
          <th className="num">到手</th>
          <th className="num">在发</th>
          <th className="num">没发成</th>
          <th>没发的人</th>
        </tr>
      </thead>
      <tbody>
        {rounds.map((round) => (
          <tr key={round.id}>
            <td className="nowrap">{when(round.at, now)}</td>
            <td className="num">{round.found.toLocaleString('en-US')}</td>
            <td className="num strong">{round.send.toLocaleString('en-US')}</td>
            <td className="num">{round.hold.toLocaleString('en-US')}</td>
            <td className="num">{round.given.toLocaleString('en-US')}</td>
            <td className="num">{round.waiting || '–'}</td>
            <td className="num">{round.refused || '–'}</td>
            <td className="quiet small">
              {round.leftOut.map(({ reason, members }) => `${leftOutWords[reason]} ${members}`).join('，') ||
                '没有'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Members = ({ drop }: { drop: Drop }) => {
  const now = useNow()
  const [arm, setArm] = useState<'send' | 'hold'>('send')
  const members = useDropMembers(drop.id, arm)
  return (
    <Card
      title="最近的人"
      extra={
        <Segmented
          value={arm}
          options={[
            { value: 'send', label: '发了' },
            { value: 'hold', label: '对照' },
          ]}
          onChange={(value) => setArm(value as typeof arm)}
        />
      }
    >
      {members.isPending && <Bones lines={4} />}
      {members.isError && (
        <ErrorState title="没取回来" error={members.error} retry={() => void members.refetch()} />
      )}
      {members.data?.items.length === 0 && <EmptyState title="还没有人" text="发过以后这里看得到。" />}
      {members.data && members.data.items.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>会员</th>
              <th>什么时候</th>
              <th>券</th>
              <th>来买了</th>
              <th className="num">买了（扣退款）</th>
            </tr>
          </thead>
          <tbody>
            {members.data.items.map((each) => (
              <tr key={each.memberId}>
                <td>
                  {each.nickname} {each.phoneTail && <span className="quiet">手机尾号 {each.phoneTail}</span>}
                </td>
                <td className="quiet nowrap">{when(each.at, now)}</td>
                <td>
                  {each.arm === 'hold' ? '没发' : each.given ? '到手' : each.refusal ? '没发成' : '在发'}
                </td>
                <td>{each.bought ? '来了' : '还没'}</td>
                <td className="num">{formatFen(each.keptFen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

const StopPanel = ({ drop, close }: { drop: Drop; close: () => void }) => {
  const notice = useNotice()
  const [reason, setReason] = useState('')
  const stop = useStop(() => {
    notice.success('停了，发出去的券还在')
    close()
  })
  return (
    <SidePanel title="停掉这一轮" icon={OctagonX} close={close}>
      <div className="fields terms-fields">
        <p>停了就不能再开。没发的不再发，发出去的券还能用，结果照样看得到。</p>
        <WordsField
          id="stop-reason"
          label="为什么停"
          placeholder="写给以后看的人"
          usual={['券选错了', '人群选错了', '不需要了']}
          most={200}
          value={reason}
          change={setReason}
        />
      </div>
      <footer className="terms-foot">
        <Refusal error={stop.error} />
        <Button
          danger
          type="primary"
          size="large"
          block
          disabled={reason.trim().length < 2}
          loading={stop.isPending}
          onClick={() => stop.mutate({ drop, reason: reason.trim() })}
        >
          停掉
        </Button>
      </footer>
    </SidePanel>
  )
}

const Actions = ({ drop, stop }: { drop: Drop; stop: () => void }) => {
  const { go } = useScope()
  const notice = useNotice()
  const step = useStep((moved) => notice.success(stateWords[moved.state]))
  const erase = useErase(() => {
    notice.success('草稿删了')
    go('/drops')
  })
  const error = step.error ?? erase.error
  return (
    <>
      {error && <Refusal error={error} />}
      {drop.state === 'DRAFT' && (
        <>
          <Popconfirm
            title="删掉这份草稿？"
            okText="删掉"
            cancelText="留着"
            onConfirm={() => erase.mutate(drop)}
          >
            <Button icon={<Trash2 size={15} />}>删掉</Button>
          </Popconfirm>
          <Button icon={<Pencil size={15} />} onClick={() => go(`/drops/${drop.id}/edit`)}>
            改
          </Button>
          <Popconfirm
            title="开始以后不能再改"
            description="到了时间就现圈、抽签、发券，消息也会发出去。"
            okText="开始"
            cancelText="再看看"
            onConfirm={() => step.mutate({ drop, step: 'start' })}
          >
            <Button type="primary" loading={step.isPending}>
              开始
            </Button>
          </Popconfirm>
        </>
      )}
      {drop.state === 'LIVE' && (
        <Button loading={step.isPending} onClick={() => step.mutate({ drop, step: 'pause' })}>
          暂停
        </Button>
      )}
      {drop.state === 'PAUSED' && (
        <Button type="primary" loading={step.isPending} onClick={() => step.mutate({ drop, step: 'resume' })}>
          恢复
        </Button>
      )}
      {(drop.state === 'LIVE' || drop.state === 'PAUSED') && (
        <Button danger onClick={stop}>
          停掉
        </Button>
      )}
    </>
  )
}

/** One drop: its rounds, who was in which arm, and what came of it. */
export default function DropPage() {
  const { dropId } = useParams()
  const { path } = useScope()
  const mayWrite = useMay('drops.write')
  const [stopping, setStopping] = useState(false)
  const known = useDrop(dropId)
  const back = { to: path('/drops'), label: '回定向发券' }
  if (known.isPending) return <Bones lines={8} />
  if (known.isError)
    return (
      <>
        <PageHead title="定向发券" back={back} />
        <ErrorState title="没取回来" error={known.error} retry={() => void known.refetch()} />
      </>
    )
  const { drop, result, rounds } = known.data
  return (
    <div className={stopping ? 'drop-page drop-page-open' : 'drop-page'}>
      <div className="drop-list">
        <PageHead
          title={drop.name}
          back={back}
          tags={<StateTag tone={stateTones[drop.state]}>{stateWords[drop.state]}</StateTag>}
          note={`${drop.audience} · ${drop.coupon} · 对照 ${drop.holdoutBp / 100}% · 看 ${drop.windowDays} 天 · 截至 ${hourMinute(result.asOf)}`}
        >
          {mayWrite && <Actions drop={drop} stop={() => setStopping(true)} />}
        </PageHead>
        <Outcome drop={drop} result={result} />
        <Card title="每一轮">
          <Rounds rounds={rounds} />
        </Card>
        <Members drop={drop} />
      </div>
      {stopping && <StopPanel drop={drop} close={() => setStopping(false)} />}
    </div>
  )
}
