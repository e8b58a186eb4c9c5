import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Copy, OctagonX, Pause, Play } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { type Campaign, consequencesOf } from './model.ts'
import { useDeed } from './page-data.ts'
import { instantOf, wallAfter, wallOf } from './times.ts'

interface ActProps {
  campaign: Campaign
  close: () => void
}
const reasons = {
  pause: ['系统要查一下', '货有问题', '价格写错了'],
  stop: ['货有问题', '价格写错了', '改期再办'],
} as const

/** Pausing or stopping it: why, and what comes of it, before the button. */
export const HoldPanel = ({ campaign, close, act }: ActProps & { act: 'pause' | 'stop' }) => {
  const notice = useNotice()
  const [reason, setReason] = useState('')
  const words = act === 'pause' ? '暂停' : '紧急停止'
  const deed = useDeed(
    (body: { reason: string }) => {
      const params = { campaignId: campaign.id }
      return act === 'pause'
        ? api('POST /console/v1/campaigns/:campaignId/pause', { params, body })
        : api('POST /console/v1/campaigns/:campaignId/stop', { params, body })
    },
    () => {
      notice.success(act === 'pause' ? '暂停了，全部门店都不再卖' : '停了，没人下单的货放回了货架')
      close()
    },
  )
  return (
    <SidePanel title={words} icon={act === 'pause' ? Pause : OctagonX} close={close}>
      <div className="side-words">
        <label htmlFor="campaign-reason">为什么</label>
        <div className="reason-chips">
          {reasons[act].map((each) => (
            <button key={each} type="button" className="chip" onClick={() => setReason(each)}>
              {each}
            </button>
          ))}
        </div>
        <Input
          id="campaign-reason"
          autoFocus
          value={reason}
          maxLength={60}
          placeholder="会留在操作记录里"
          onChange={(event) => setReason(event.target.value)}
        />
        <h3>{words}以后</h3>
        <ol>
          {consequencesOf(act, campaign.kind).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      </div>
      <footer>
        <Refusal error={deed.error} />
        <Button
          block
          danger
          type="primary"
          size="large"
          disabled={!reason.trim()}
          loading={deed.isPending}
          onClick={() => deed.mutate({ reason: reason.trim() })}
        >
          {words}「{campaign.name}」
        </Button>
        <p className="quiet small">{reason.trim() ? '按下去马上算数' : '先写为什么'}</p>
      </footer>
    </SidePanel>
  )
}

/** Goes on where it was paused. */
export const ResumeButton = ({ campaign }: { campaign: Campaign }) => {
  const notice = useNotice()
  const deed = useDeed(
    () => api('POST /console/v1/campaigns/:campaignId/resumption', { params: { campaignId: campaign.id } }),
    () => notice.success('恢复了，接着卖'),
  )
  return (
    <>
      <Refusal error={deed.error} />
      <Button
        type="primary"
        icon={<Play size={15} />}
        loading={deed.isPending}
        onClick={() => deed.mutate(undefined)}
      >
        恢复
      </Button>
    </>
  )
}

/** The same terms at another time, as a new draft. */
export const CopyPanel = ({ campaign, close }: ActProps) => {
  const { go } = useScope()
  const notice = useNotice()
  const [startsAt, setStartsAt] = useState(() => {
    const weekLater = wallAfter(wallOf(campaign.startsAt), 7 * 24 * 60)
    const soonest = wallOf(Date.now() + 86_400_000)
    return weekLater > soonest ? weekLater : `${soonest.slice(0, 10)}${weekLater.slice(10)}`
  })
  const deed = useDeed(
    (body: { startsAt: string }) =>
      api('POST /console/v1/campaigns/:campaignId/copies', { params: { campaignId: campaign.id }, body }),
    ({ id }) => {
      notice.success('复制成一份新草稿，还没排上')
      go(`/campaigns/${id}/edit`)
    },
  )
  return (
    <SidePanel title="复制一份" icon={Copy} close={close}>
      <div className="side-form">
        <Field id="copy-start" label="新的一场什么时候开始" help="结束、每一批都跟着挪同样久">
          <DatePicker
            id="copy-start"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowClear={false}
            value={dayjs(startsAt)}
            onChange={(at) => at && setStartsAt(at.format('YYYY-MM-DDTHH:mm'))}
          />
        </Field>
        <p className="quiet small">商品、价格、门店、数量、限购都照抄。先是草稿，改好再排。</p>
        <footer>
          <Refusal error={deed.error} />
          <Button
            block
            type="primary"
            size="large"
            loading={deed.isPending}
            onClick={() => deed.mutate({ startsAt: instantOf(startsAt) })}
          >
            复制成草稿
          </Button>
        </footer>
      </div>
    </SidePanel>
  )
}
