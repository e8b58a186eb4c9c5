import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ShieldAlert, Undo2 } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { ImportTray } from '../../ui/import-tray.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { WordsField } from '../../ui/words-field.tsx'
import { type OldCard, stateOf } from './model.ts'

const TEMPLATE = '\uFEFF卡号,姓名,手机号,积分,成长值,首次消费,最近消费,消费次数,消费金额\r\n'
const usual = {
  undo: ['绑错人了', '顾客要求', '核对时发现不是本人的卡'],
  lost: ['顾客说丢了', '卡被人捡走'],
  found: ['顾客找回来了', '挂错了'],
}

/** What may be done with one card, for a reason that is kept. */
export const CardPanel = ({ card, close }: { card: OldCard; close: () => void }) => {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const notice = useNotice()
  const { binding } = card
  const state = stateOf(card)
  const deed = state === 'bound' ? 'undo' : state === 'lost' ? 'found' : 'lost'
  const said = { undo: '解绑了，带来的积分和成长值收回', lost: '挂失了', found: '解挂了' }[deed]
  const send = useMutation({
    mutationFn: () =>
      binding
        ? api('POST /console/v1/card-bindings/:bindingId/undoing', {
            params: { bindingId: binding.id },
            body: { reason: reason.trim() },
          })
        : api('POST /console/v1/old-cards/:cardNo/loss', {
            params: { cardNo: card.no },
            body: { lost: deed === 'lost', reason: reason.trim() },
          }),
    onSuccess: async () => {
      notice.success(said)
      await queries.invalidateQueries({ queryKey: ['old-cards'] })
      close()
    },
  })
  const titles = { undo: '解绑', lost: '挂失', found: '解挂' } as const
  return (
    <SidePanel
      title={`${titles[deed]} ${card.no}`}
      icon={deed === 'undo' ? Undo2 : ShieldAlert}
      close={close}
    >
      <p className="members-reason quiet">
        {deed === 'undo'
          ? `从 ${binding?.member.name ?? ''} 收回 ${card.points} 积分和 ${card.growth} 成长值；已经花掉的先记欠，以后得的先还。卡可以再绑给对的人。`
          : deed === 'lost'
            ? '挂失以后，拿着卡来柜台绑不了；登记的手机号本人还能自己绑。'
            : '解挂以后，店员看到卡又能帮顾客绑。'}
      </p>
      <div className="members-reason">
        <WordsField
          id="card-reason"
          label="原因"
          placeholder="写给以后查记录的人"
          usual={usual[deed]}
          most={60}
          value={reason}
          change={setReason}
        />
      </div>
      <footer>
        <Refusal error={send.error} />
        <Button
          type="primary"
          size="large"
          block
          danger={deed === 'undo'}
          disabled={reason.trim() === ''}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {titles[deed]}
        </Button>
      </footer>
    </SidePanel>
  )
}

/** Plastic cards from CSV. */
export const CardImport = ({ close }: { close: () => void }) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return (
    <ImportTray
      close={close}
      importing={{
        things: '卡',
        unit: '张',
        title: '导入老会员卡',
        about: '卡号',
        template: { name: '老会员卡导入模板.csv', text: TEMPLATE },
        send: async (body) => {
          const report = await api('POST /console/v1/old-card-imports', { body })
          return { ...report, faults: report.faults.map(({ no, ...fault }) => ({ ...fault, about: no })) }
        },
        done: async ({ added, changed }) => {
          notice.success(`导好了：新增 ${added} 张，改 ${changed} 张`)
          await queries.invalidateQueries({ queryKey: ['old-cards'] })
        },
      }}
    />
  )
}
