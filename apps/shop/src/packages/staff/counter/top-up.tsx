import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel, SumLine } from '../../../components/cells'
import { Choice } from '../../../components/check'
import { Box, Field, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Gate, Notice, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { randomKey } from '../../../models/order-key'
import { momentOf } from '../../../models/times'
import { EMPTY_TOP_UP, readTopUp, type TopUpForm } from '../../../models/top-up'
import type { ToppedUp, ValueMember } from '../../../models/wire'
import { floorApi, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { ASKED, TENDERS } from './till'

/** 充值: finds a member by the end of their phone number and takes money for their stored value. */
export function TopUps({ storeId }: { storeId: string }) {
  const [tail, setTail] = useState('')
  const [member, setMember] = useState<ValueMember | null>(null)
  const asked = /^\d{4}$/.test(tail)
  const list = useLoad(asked ? `counter.members.${tail}` : null, () =>
    floorApi('GET /staff/v1/stored-value-members', { query: { phoneTail: tail } }),
  )
  if (member)
    return (
      <TopUp
        member={member}
        storeId={storeId}
        onClose={() => {
          setMember(null)
          setTail('')
        }}
      />
    )
  return (
    <>
      <Box className="counter-find">
        <Field
          label="顾客手机尾四位"
          kind="digits"
          placeholder="顾客手机尾四位"
          value={tail}
          maxLength={4}
          onValue={(value) => setTail(value.replace(/\D/g, ''))}
        />
      </Box>
      {!asked && <Notice drawing="magnifier" title="先找到顾客" note="问顾客手机尾四位，充值从这里开始" />}
      {asked && (
        <Gate loaded={list} skeleton={<RowBones count={1} />} safe="余额都记着">
          {({ items }) =>
            items.length === 0 ? (
              <Notice drawing="magnifier" title="没有这个尾号的顾客" note="请顾客先在「我的」里绑好手机" />
            ) : (
              items.map((each) => (
                <Press key={each.memberId} className="counter-card" onPress={() => setMember(each)}>
                  <Box className="counter-row">
                    <Words className="ll-strong">{each.name}</Words>
                    <Words className="counter-sum">{yuanText(each.availableFen)}</Words>
                  </Box>
                  <Box className="ll-quiet">{`尾号 ${each.phoneTail ?? ''} · 还能充 ${yuanText(each.roomFen)}`}</Box>
                </Press>
              ))
            )
          }
        </Gate>
      )}
    </>
  )
}

interface TopUpProps {
  member: ValueMember
  storeId: string
  onClose: () => void
}

/** The key belongs to this opening of the form: pressing twice, or again after a lost answer, takes once. */
function TopUp({ member, storeId, onClose }: TopUpProps) {
  const [key] = useState(() => randomKey(Date.now()))
  const [form, setForm] = useState<TopUpForm>(EMPTY_TOP_UP)
  const [fault, setFault] = useState<string | null>(null)
  const [done, setDone] = useState<ToppedUp | null>(null)
  const read = readTopUp(form, member)
  const set = (part: Partial<TopUpForm>) => {
    setForm({ ...form, ...part })
    setFault(null)
  }
  const take = async () => {
    if (!read.ready) return setFault(read.missing)
    try {
      setDone(
        await floorApi('POST /staff/v1/stored-value-members/:memberId/top-ups', {
          params: { memberId: member.memberId },
          body: { ...read.body, idempotencyKey: key, storeId },
        }),
      )
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  if (done) return <Receipt done={done} onClose={onClose} />
  const field = (name: 'amount' | 'paid' | 'name' | 'document', label: string, like: string) => (
    <Labelled label={label}>
      <Field
        label={label}
        kind="text"
        placeholder={like}
        value={form[name]}
        maxLength={40}
        onValue={(value) => set({ [name]: value })}
      />
    </Labelled>
  )
  return (
    <>
      <Panel
        title={member.name}
        note={`余额 ${yuanText(member.availableFen)}，还能充 ${yuanText(member.roomFen)}`}
      >
        {field('amount', '充多少元', '例如 100')}
        {!member.holder && (
          <>
            <Box className="counter-label">第一次充值，按证件登记；证件号加密存</Box>
            {field('name', '姓名', '和身份证上一样')}
            {field('document', '身份证号', '18 位')}
          </>
        )}
        {TENDERS.map((each) => (
          <Choice
            key={each}
            on={each === form.tender}
            title={ASKED[each].title}
            note={ASKED[each].note}
            onChoose={() => set({ tender: each, paid: '' })}
          />
        ))}
        <Box className="counter-paid">{field('paid', ASKED[form.tender].field, ASKED[form.tender].like)}</Box>
        {form.tender === 'cash' && read.ready && (
          <Box className="counter-change">
            <Words>找零</Words>
            <Words>{yuanText(read.changeFen)}</Words>
          </Box>
        )}
        {fault && (
          <Box className="counter-fault" role="alert">
            {fault}
          </Box>
        )}
      </Panel>
      <Box className="counter-actions">
        <Button size="full" busyText="正在记，请别离开" onPress={take}>
          {read.ready ? `收好了 ${yuanText(read.body.amountFen)}` : read.missing}
        </Button>
        <Button size="full" look="line" onPress={onClose}>
          不是这位
        </Button>
      </Box>
    </>
  )
}

/** What the shopper is told, and shown: the sum, the change, the balance now. */
function Receipt({ done, onClose }: { done: ToppedUp; onClose: () => void }) {
  return (
    <>
      <Box className="counter-done" role="status">
        <Icon name="check" size={28} />
        <Box>
          <Box className="counter-sum">充好了</Box>
          <Words>{`${done.name}的手机上马上看得到`}</Words>
        </Box>
      </Box>
      <Panel title="这一笔" note={momentOf(done.at, Date.now())}>
        <SumLine name="充值" value={yuanText(done.amountFen)} />
        {done.changeFen > 0 && <SumLine strong name="找给顾客" value={yuanText(done.changeFen)} />}
        <SumLine name="余额" value={yuanText(done.availableFen)} />
      </Panel>
      <Box className="counter-actions">
        <Button size="full" onPress={onClose}>
          下一位
        </Button>
      </Box>
    </>
  )
}
