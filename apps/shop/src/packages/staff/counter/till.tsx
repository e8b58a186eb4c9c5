import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Choice } from '../../../components/check'
import { Box, Field, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Price } from '../../../components/price'
import { type CounterTender, readTaking } from '../../../models/counter'
import { yuanText } from '../../../models/money'
import { randomKey } from '../../../models/order-key'
import type { CounterBill, CounterTaken } from '../../../models/wire'
import { floorApi, troubleFrom } from '../../../services/api'

/** What each way of paying asks of the clerk. */
export const ASKED: Record<CounterTender, { title: string; note: string; field: string; like: string }> = {
  cash: { title: '现金', note: '输顾客给了多少，算好找零', field: '顾客给了多少元', like: '例如 50' },
  card: {
    title: '刷卡',
    note: '先在刷卡机上收好，再来这里记',
    field: '刷卡小票的凭证号',
    like: '例如 003912',
  },
}
export const TENDERS = ['cash', 'card'] as const

/** Takes one order's money. The key belongs to this opening of the till: pressing twice, or again after a lost answer, takes once. */
export function Till({ bill, onClose }: { bill: CounterBill; onClose: () => void }) {
  const [key] = useState(() => randomKey(Date.now()))
  const [provider, setProvider] = useState<CounterTender>('cash')
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [taken, setTaken] = useState<CounterTaken | null>(null)
  const reading = readTaking(provider, bill.dueFen, typed)
  const short = typed !== '' && !reading.ready ? reading.missing : null

  const take = async () => {
    if (!reading.ready) return setFault(reading.missing)
    try {
      setTaken(
        await floorApi('POST /staff/v1/orders/:orderId/counter-payments', {
          params: { orderId: bill.orderId },
          body: { idempotencyKey: key, provider, expectFen: bill.dueFen, ...reading.body },
        }),
      )
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  if (taken) return <Done taken={taken} provider={provider} onClose={onClose} />
  return (
    <>
      <Panel title={bill.customer} note={`订单尾号 ${bill.no.slice(-4)} · ${bill.pieces} 件`}>
        <Box className="counter-due">
          <Words className="ll-quiet">要收</Words>
          <Price fen={bill.dueFen} size="l" />
        </Box>
        {bill.dueFen < bill.totalFen && (
          <Box className="counter-held">
            {`这一单 ${yuanText(bill.totalFen)}，余额先付了 ${yuanText(bill.totalFen - bill.dueFen)}`}
          </Box>
        )}
        {TENDERS.map((each) => (
          <Choice
            key={each}
            on={each === provider}
            title={ASKED[each].title}
            note={ASKED[each].note}
            onChoose={() => {
              setProvider(each)
              setTyped('')
              setFault(null)
            }}
          />
        ))}
        <Box className="counter-label">{ASKED[provider].field}</Box>
        <Box className={`counter-field ${fault ? 'counter-field-bad' : ''}`}>
          <Field
            label={ASKED[provider].field}
            kind="text"
            placeholder={ASKED[provider].like}
            value={typed}
            maxLength={32}
            invalid={fault !== null}
            onValue={(value) => {
              setTyped(value)
              setFault(null)
            }}
          />
        </Box>
        {provider === 'cash' && reading.ready && (
          <Box className="counter-change">
            <Words>找零</Words>
            <Words>{yuanText(reading.changeFen)}</Words>
          </Box>
        )}
        {(fault ?? short) && (
          <Box className="counter-fault" role="alert">
            {fault ?? short}
          </Box>
        )}
      </Panel>
      <Box className="counter-actions">
        <Button size="full" disabled={!reading.ready} busyText="正在记，请别离开" onPress={take}>
          {`收好了 ${yuanText(bill.dueFen)}`}
        </Button>
        <Button size="full" look="line" onPress={onClose}>
          不是这一单
        </Button>
      </Box>
    </>
  )
}

interface DoneProps {
  taken: CounterTaken
  provider: CounterTender
  onClose: () => void
}
function Done({ taken, provider, onClose }: DoneProps) {
  return (
    <>
      <Box className="counter-done" role="status">
        <Icon name="check" size={28} />
        <Box>
          <Box className="counter-sum">收好了</Box>
          <Words>{`${taken.customer}的单已付，店里可以备货`}</Words>
        </Box>
      </Box>
      <Panel title="这一笔">
        <SumLine name={ASKED[provider].title} value={yuanText(taken.dueFen + taken.changeFen)} />
        {provider === 'cash' && <SumLine strong name="找给顾客" value={yuanText(taken.changeFen)} />}
      </Panel>
      <Box className="counter-actions">
        <Button size="full" onPress={onClose}>
          下一位
        </Button>
      </Box>
    </>
  )
}
