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

/** 退换货: read a code, see what should lie on the counter, take it in or hand the replacement over. Money is the business of whoever inspects. */
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
    if (!store || code === null) return setFault('退货码、换货码是 10 位数字，在顾客的售后详情里')
    try {
      const sheet = await floorApi('POST /staff/v1/return-checks', { body: { storeId: store.id, code } })
      setHeld({ code, sheet })
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const settle = async () => {
    if (!store || !held) return
    const body = { storeId: store.id, code: held.code }
    try {
      const sheet = await (held.sheet.state === 'WAIT_COLLECT'
        ? floorApi('POST /staff/v1/exchanges', { body })
        : floorApi('POST /staff/v1/returns', { body }))
      setHeld({ ...held, sheet })
    } catch (error) {
      setHeld(null)
      setFault(troubleFrom(error).text)
    }
  }
  return (
    <Screen title="退换货">
      <NavBar title={`退换货 · ${store?.name ?? ''}`} />
      {held ? (
        <Sheet
          sheet={held.sheet}
          storeName={store?.name ?? ''}
          onSettle={settle}
          onAgain={() => setHeld(null)}
        />
      ) : (
        <CodeEntry
          title="顾客的退货码或换货码"
          note="10 位数字，哪家店卖的都能收"
          name="退货码或换货码"
          verb="看看是什么货"
          fault={fault}
          onFault={setFault}
          onCode={ask}
        />
      )}
    </Screen>
  )
}

interface Words {
  /** What the button does; absent: nothing is to be done here. */
  act?: string
  /** What was done, and what to tell the shopper. */
  done?: string
  note: string
}
const WORDS: Partial<Record<ReturnSheet['state'], Words>> = {
  WAIT_RETURN: { act: '收下', note: '' },
  WAIT_COLLECT: { act: '换给顾客', note: '' },
  RETURNED: { done: '收下了', note: '先放在退货处。告诉顾客：店长验收以后退款，或者换新的' },
  DONE: { done: '换好了', note: '这件售后结束了' },
}

interface SheetProps {
  sheet: ReturnSheet
  storeName: string
  onSettle: () => Promise<void>
  onAgain: () => void
}

function Sheet({ sheet, storeName, onSettle, onAgain }: SheetProps) {
  const pieces = sheet.lines.reduce((sum, line) => sum + line.quantity, 0)
  const words = WORDS[sheet.state]
  const elsewhere = sheet.state === 'WAIT_COLLECT' && sheet.holdStoreName !== storeName
  return (
    <>
      {words?.done && <SheetDone title={words.done} note={words.note} />}
      {elsewhere && (
        <Box className="staff-sheet-elsewhere" role="alert">
          换的货在{sheet.holdStoreName}，请顾客去那里拿
        </Box>
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
        {words?.act === undefined || elsewhere ? (
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
            <Button size="full" look="leaf" busyText="正在记" onPress={onSettle}>
              {`点过 ${pieces} 件，${words.act}`}
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
