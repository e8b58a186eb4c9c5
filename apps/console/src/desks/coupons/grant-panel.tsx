import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Progress, Segmented } from 'antd'
import { Send, X } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import {
  chunked,
  distinct,
  type Found,
  grantAll,
  type GrantResult,
  type Member,
  memberWords,
  MOST_PASTED,
  parsePhones,
} from './grant.ts'
import { MemberPick } from './member-pick.tsx'
import type { Template } from './model.ts'

interface ChosenProps {
  members: readonly Member[]
  change: (members: Member[]) => void
}
const SHOWN = 60
const Chosen = ({ members, change }: ChosenProps) => (
  <div className="coupon-chosen">
    {members.slice(0, SHOWN).map((member) => (
      <button
        key={member.id}
        type="button"
        className="chip"
        aria-label={`去掉 ${memberWords(member)}`}
        onClick={() => change(members.filter((each) => each !== member))}
      >
        {memberWords(member)}
        <X size={12} aria-hidden="true" />
      </button>
    ))}
    {members.length > SHOWN && <small className="quiet">还有 {members.length - SHOWN} 位</small>}
  </div>
)

/** A list of whole numbers, looked up before anything is sent: who is a member, who is not, what is no number. */
const Pasted = ({ found }: { found: (members: Member[]) => void }) => {
  const [pasted, setPasted] = useState('')
  const [done, setDone] = useState(0)
  const { phones, bad } = parsePhones(pasted)
  const look = useMutation({
    mutationFn: async () => {
      setDone(0)
      const items: Found[] = []
      for (const chunk of chunked(phones)) {
        items.push(...(await api('POST /console/v1/member-lookups', { body: { phones: chunk } })).items)
        setDone(items.length)
      }
      return items
    },
    onSuccess: (items) => found(items.flatMap(({ member }) => member ?? [])),
  })
  const unknown = look.data?.filter(({ member }) => member === null) ?? []
  return (
    <>
      <Input.TextArea
        value={pasted}
        rows={5}
        aria-label="手机号名单"
        placeholder="一行一个手机号，从表格里整列贴过来就行"
        onChange={(event) => {
          look.reset()
          setPasted(event.target.value)
        }}
      />
      <div className="grant-look">
        <Button
          size="small"
          disabled={phones.length === 0 || phones.length > MOST_PASTED}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          核对 {phones.length} 个号码
        </Button>
        {look.isPending && <Progress size="small" percent={Math.round((done / phones.length) * 100)} />}
        {phones.length > MOST_PASTED && <small className="field-fault">一次最多 {MOST_PASTED} 个</small>}
      </div>
      <Refusal error={look.error} />
      {bad.length > 0 && (
        <p className="small field-fault">
          不是手机号：{bad.slice(0, 5).join('、')}
          {bad.length > 5 && ` 等 ${bad.length} 处`}
        </p>
      )}
      {unknown.length > 0 && (
        <p className="small quiet">
          {unknown.length} 个号码还没有顾客绑定，发不到：
          {unknown
            .slice(0, 8)
            .map(({ phone }) => phone)
            .join('、')}
          {unknown.length > 8 && '…'}
        </p>
      )}
    </>
  )
}

const People = ({ title, members }: { title: string; members: readonly Member[] }) =>
  members.length === 0 ? null : (
    <div>
      <h3>
        {title} <small>{members.length} 位</small>
      </h3>
      <p className="small quiet">
        {members.slice(0, SHOWN).map(memberWords).join('、')}
        {members.length > SHOWN && '…'}
      </p>
    </div>
  )

/** Who got it, who did not and why, and the way back. */
const Result = ({
  result,
  template,
  again,
}: {
  result: GrantResult
  template: Template
  again: () => void
}) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const undo = useMutation({
    mutationFn: async () => {
      let kept = 0
      for (const chunk of chunked(result.got))
        kept += (
          await api('POST /console/v1/coupon-withdrawals', {
            body: { couponIds: chunk.map(({ couponId }) => couponId), reason: '发错了，撤回' },
          })
        ).kept.length
      return kept
    },
    onSuccess: (kept) => {
      notice.success(
        kept > 0
          ? `撤回了 ${result.got.length - kept} 张，${kept} 张已经用上，没有动`
          : `撤回了 ${result.got.length} 张`,
      )
      void queries.invalidateQueries({ queryKey: ['coupon-templates'] })
      again()
    },
  })
  return (
    <>
      <div className="side-words grant-result">
        <People title="发到了" members={result.got.map(({ member }) => member)} />
        <People title={`没发：手里已经有 ${template.mostEach} 张`} members={result.full} />
        <People title="没发：停在这里" members={result.left} />
        <Refusal error={result.stopped} />
      </div>
      <footer>
        <Refusal error={undo.error} />
        <Button type="primary" block onClick={again}>
          再发给别人
        </Button>
        {result.got.length > 0 && (
          <Button block danger loading={undo.isPending} onClick={() => undo.mutate()}>
            发错了，撤回这 {result.got.length} 张
          </Button>
        )}
        <p className="quiet small">顾客打开「我的券」就能看到。</p>
      </footer>
    </>
  )
}

const useGrant = (template: Template, told: (done: number) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ key, members }: { key: string; members: readonly Member[] }) =>
      grantAll(
        members,
        (memberIds, turn) =>
          api('POST /console/v1/coupon-templates/:templateId/grants', {
            params: { templateId: template.id },
            body: { idempotencyKey: `${key}:${turn}`, memberIds },
          }),
        told,
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['coupon-templates'] }),
  })
}

/** 发券: to members found one by one or by a list of numbers; nothing is sent before the button that says how many. */
export const GrantPanel = ({ template, close }: { template: Template; close: () => void }) => {
  const [how, setHow] = useState<'find' | 'list'>('find')
  const [members, setMembers] = useState<readonly Member[]>([])
  const [done, setDone] = useState(0)
  // One key per round of choosing: pressed again after a lost answer, it is the same grant.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const grant = useGrant(template, setDone)
  const left = template.most - template.granted
  const again = () => {
    grant.reset()
    setMembers([])
    setDone(0)
    setKey(crypto.randomUUID())
  }
  const add = (more: readonly Member[]) => setMembers((now) => distinct([...now, ...more]))
  return (
    <SidePanel
      title={`发「${template.label}」`}
      icon={Send}
      close={close}
      note={grant.data ? '发好了' : '还没发'}
    >
      {grant.data ? (
        <Result result={grant.data} template={template} again={again} />
      ) : (
        <>
          <div className="side-words">
            <Segmented
              block
              value={how}
              options={[
                { value: 'find', label: '找顾客' },
                { value: 'list', label: '贴一列手机号' },
              ]}
              onChange={(to) => setHow(to as 'find' | 'list')}
            />
            {how === 'find' ? (
              <MemberPick chosen={members.map(({ id }) => id)} pick={(member) => add([member])} />
            ) : (
              <Pasted found={add} />
            )}
            <Chosen members={members} change={setMembers} />
          </div>
          <footer>
            {grant.isPending && <Progress percent={Math.round((done / members.length) * 100)} size="small" />}
            <Button
              type="primary"
              size="large"
              block
              disabled={members.length === 0 || members.length > left}
              loading={grant.isPending}
              onClick={() => grant.mutate({ key, members })}
            >
              {members.length > 0 ? `发给 ${members.length} 位，每人 1 张` : '先选发给谁'}
            </Button>
            <p className={members.length > left ? 'small field-fault' : 'quiet small'}>
              {members.length > left
                ? `只剩 ${left} 张可发，减掉几位`
                : `还能发 ${left.toLocaleString('en-US')} 张；已经有 ${template.mostEach} 张的人不会多得`}
            </p>
          </footer>
        </>
      )}
    </SidePanel>
  )
}
