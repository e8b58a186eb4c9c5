import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Radio, Select } from 'antd'
import { UserCog } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { WordsField } from '../../ui/words-field.tsx'
import { memberWords } from '../coupons/grant.ts'
import { useTerms } from './data.ts'
import { type Promoter, rateWords } from './model.ts'

const USUAL = ['业绩好，升一级', '违规推广，先停用', '核实过了，恢复']

/** Another level, stop, or go on: for orders from now on, with the reason in the trail. */
export const StandingPanel = ({ promoter, close }: { promoter: Promoter; close: () => void }) => {
  const { member } = promoter
  const levels = useTerms().data?.items[0]?.levels ?? []
  const [active, setActive] = useState(promoter.active)
  const [level, setLevel] = useState(promoter.level)
  const [reason, setReason] = useState('')
  const notice = useNotice()
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: () =>
      api('POST /console/v1/promoters/:memberId/standing', {
        params: { memberId: member.id },
        body: { active, level, reason: reason.trim() },
      }),
    onSuccess: () => {
      notice.success('从现在以后的订单起，按这个算')
      void queries.invalidateQueries({ queryKey: ['promoters'] })
      close()
    },
  })
  const isSame = active === promoter.active && level === promoter.level
  return (
    <SidePanel title={memberWords(member)} icon={UserCog} close={close}>
      <div className="fields terms-fields">
        <Field id="standing-level" label="等级">
          <Select
            id="standing-level"
            value={level}
            options={levels.map(({ code, name, rateBp }) => ({
              value: code,
              label: `${name} ${rateWords(rateBp)}`,
            }))}
            onChange={setLevel}
          />
        </Field>
        <Field id="standing-active" label="推广" help="停用后，以后的订单不再提成；已经有的佣金照常提现">
          <Radio.Group
            id="standing-active"
            value={active}
            options={[
              { value: true, label: '开着' },
              { value: false, label: '停用' },
            ]}
            onChange={(event) => setActive(event.target.value === true)}
          />
        </Field>
        <WordsField
          id="standing-reason"
          label="为什么"
          placeholder="写进操作记录"
          usual={USUAL}
          most={200}
          value={reason}
          change={setReason}
        />
      </div>
      <footer className="terms-foot">
        <Refusal error={send.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={isSame || reason.trim() === ''}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          现在起这样算
        </Button>
      </footer>
    </SidePanel>
  )
}
