import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { KINDS, REASONS } from '../../../models/aftersale-words'
import { readDigits } from '../../../models/handover-code'
import { momentOf } from '../../../models/times'
import type { ReturnSheet } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { CodeEntry } from '../code-entry'
import { SheetDone, SheetLine } from '../sheet'
import { staffStore } from '../staff-store'

/** 收退货: read a return code, see what should lie on the counter, take it in. Money is the business of whoever inspects. */
export default function ReturnsPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [held, setHeld] = useState<{ code: string; sheet: ReturnSheet } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])

  const ask = async (text: string) => {
    const code = readDigits(text)
    setFault(null)
    if (!store || code === null) return setFault('退货码是 10 位数字，在顾客的售后详情里')
    try {
      const sheet = await floorApi('POST /staff/v1/return-checks', { body: { storeId: store.id, code } })
      setHeld({ code, sheet })
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const receive = async () => {
    if (!store || !held) return
    try {
      const sheet = await floorApi('POST /staff/v1/returns', { body: { storeId: store.id, code: held.code } })
      setHeld({ ...held, sheet })
    } catch (error) {
      setHeld(null)
      setFault(troubleFrom(error).text)
    }
  }
  return (
    <Screen title="收退货">
      <NavBar title={`收退货 · ${store?.name ?? ''}`} />
      {held ? (
        <Sheet sheet={held.sheet} onReceive={receive} onAgain={() => setHeld(null)} />
      ) : (
        <CodeEntry
          title="顾客的退货码"
          note="10 位数字，哪家店卖的都能收"
          name="退货码"
          verb="看看是什么货"
          fault={fault}
          onFault={setFault}
          onCode={ask}
        />
      )}
    </Screen>
  )
}

interface SheetProps {
  sheet: ReturnSheet
  onReceive: () => Promise<void>
  onAgain: () => void
}

function Sheet({ sheet, onReceive, onAgain }: SheetProps) {
  const pieces = sheet.lines.reduce((sum, line) => sum + line.quantity, 0)
  const received = sheet.state !== 'WAIT_RETURN'
  return (
    <>
      {received && (
        <SheetDone title="收下了" note={`${pieces} 件先放在退货处，店长验收以后才退钱，请这样告诉顾客`} />
      )}
      <Panel
        title={sheet.customer}
        note={`订单尾号 ${sheet.orderNo.slice(-4)} · ${momentOf(sheet.appliedAt, Date.now())} 申请`}
      >
        {sheet.lines.map((line) => (
          <SheetLine key={line.lineNo} line={line} />
        ))}
        <Box className="staff-sheet-remark">
          {sheet.storeName}卖出，{KINDS[sheet.kind]}：{REASONS[sheet.reason]}
        </Box>
        {sheet.note !== '' && <Box className="staff-sheet-remark">顾客说：{sheet.note}</Box>}
      </Panel>
      <Box className="staff-sheet-foot">
        {received ? (
          <>
            <Button size="full" onPress={onAgain}>
              下一位
            </Button>
            <Button size="full" look="line" onPress={goBack}>
              回待取
            </Button>
          </>
        ) : (
          <>
            <Button size="full" look="leaf" busyText="正在记" onPress={onReceive}>
              {`点过 ${pieces} 件，收下`}
            </Button>
            <Button size="full" look="line" onPress={onAgain}>
              不是这些货
            </Button>
          </>
        )}
      </Box>
    </>
  )
}
