import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Panel } from '../../../components/cells'
import { ShelfTag } from '../../../components/tag'
import { readCode } from '../../../models/handover-code'
import { SHORTAGE_WORDS } from '../../../models/order-words'
import { momentOf } from '../../../models/times'
import type { HandoverSheet, ShortageChoice } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { CodeEntry } from '../code-entry'
import { SheetDone, SheetLine } from '../sheet'
import { staffStore } from '../staff-store'

/** 交接: read a code, see the sheet, hand the bag over. Nothing changes before the last button. */
export default function HandoverPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [held, setHeld] = useState<{ code: string; sheet: HandoverSheet; handed: boolean } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])

  const ask = async (text: string) => {
    const code = readCode(text)
    setFault(null)
    if (!store || code === null) return setFault('提货码是 10 位数字，或者顾客手机上的二维码')
    try {
      const sheet = await floorApi('POST /staff/v1/handover-checks', { body: { storeId: store.id, code } })
      setHeld({ code, sheet, handed: false })
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const handOver = async () => {
    if (!store || !held) return
    try {
      const sheet = await floorApi('POST /staff/v1/handovers', {
        body: { storeId: store.id, code: held.code },
      })
      setHeld({ ...held, sheet, handed: true })
    } catch (error) {
      setHeld(null)
      setFault(troubleFrom(error).text)
    }
  }
  const again = () => setHeld(null)
  return (
    <Screen title="交接" className="handover">
      <NavBar title={`交接 · ${store?.name ?? ''}`} />
      {held ? (
        <Sheet sheet={held.sheet} handed={held.handed} onHandOver={handOver} onAgain={again} />
      ) : (
        <CodeEntry
          title="顾客的提货码"
          note="10 位数字，或二维码"
          name="提货码"
          verb="查这一单"
          fault={fault}
          onFault={setFault}
          onCode={ask}
        />
      )}
    </Screen>
  )
}

interface SheetProps {
  sheet: HandoverSheet
  handed: boolean
  onHandOver: () => Promise<void>
  onAgain: () => void
}

function Sheet({ sheet, handed, onHandOver, onAgain }: SheetProps) {
  const pieces = sheet.lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <>
      {handed && <SheetDone title="交好了" note={`${sheet.customer}，${pieces} 件`} />}
      <Panel
        title={sheet.customer}
        note={`订单尾号 ${sheet.no.slice(-4)} · ${momentOf(sheet.placedAt, Date.now())} 下单`}
      >
        {sheet.lines.map((line) => (
          <SheetLine key={line.lineNo} line={line}>
            <ShelfTag code={line.shelf} />
          </SheetLine>
        ))}
        {sheet.remark !== '' && <Box className="staff-sheet-remark">备注：{sheet.remark}</Box>}
        {!handed && (
          <Box className="staff-sheet-remark">
            缺货时：{SHORTAGE_WORDS[sheet.ifShort as ShortageChoice].name}
          </Box>
        )}
      </Panel>
      <Box className="staff-sheet-foot">
        {handed ? (
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
            <Button size="full" look="leaf" busyText="正在交接" onPress={onHandOver}>
              {`点过 ${pieces} 件，交给顾客`}
            </Button>
            <Button size="full" look="line" onPress={onAgain}>
              不是这一单
            </Button>
          </>
        )}
      </Box>
    </>
  )
}
