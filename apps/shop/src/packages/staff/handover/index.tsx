import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Panel } from '../../../components/cells'
import { ShelfTag } from '../../../components/tag'
import { readCode } from '../../../models/handover-code'
import { SHORTAGE_WORDS } from '../../../models/order-words'
import { yuanText } from '../../../models/money'
import { momentOf } from '../../../models/times'
import { backFenOf, toWeigh, weighedText } from '../../../models/weight'
import type { HandoverSheet, ShortageChoice } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { CodeEntry } from '../code-entry'
import { SheetDone, SheetLine } from '../sheet'
import { staffStore } from '../staff-store'
import { WeighSheet } from '../weigh'

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
        <Sheet
          sheet={held.sheet}
          handed={held.handed}
          onHandOver={handOver}
          onWeighed={(sheet) => setHeld({ ...held, sheet })}
          onStale={() => void ask(held.code)}
          onAgain={again}
        />
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
  onWeighed: (sheet: HandoverSheet) => void
  onStale: () => void
  onAgain: () => void
}

function Sheet({ sheet, handed, onHandOver, onWeighed, onStale, onAgain }: SheetProps) {
  const [weighing, setWeighing] = useState(false)
  const left = toWeigh(sheet.lines).length
  const backFen = backFenOf(sheet.lines)
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
            {line.components.map((part) => (
              <Box key={part.name} className="ll-quiet">{`${part.name} ${part.quantity} ${part.unit}`}</Box>
            ))}
            {line.weight && <Box className="ll-quiet">{weighedText(line.weight, handed)}</Box>}
          </SheetLine>
        ))}
        {backFen > 0 && (
          <Box className="staff-sheet-remark ll-strong">
            {handed
              ? `称重差价 ${yuanText(backFen)} 已按原路退`
              : `交给顾客后自动退称重差价 ${yuanText(backFen)}`}
          </Box>
        )}
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
            {left > 0 ? (
              <Button size="full" icon="weigh" onPress={() => setWeighing(true)}>
                {`先称重：还有 ${left} 样`}
              </Button>
            ) : (
              <Button size="full" look="leaf" busyText="正在交接" onPress={onHandOver}>
                {`点过 ${pieces} 件，交给顾客`}
              </Button>
            )}
            {left === 0 && sheet.lines.some(({ weight }) => weight !== null) && (
              <Button size="full" look="line" onPress={() => setWeighing(true)}>
                改重量
              </Button>
            )}
            <Button size="full" look="line" onPress={onAgain}>
              不是这一单
            </Button>
          </>
        )}
      </Box>
      {weighing && (
        <WeighSheet
          sheet={sheet}
          onWeighed={onWeighed}
          onStale={onStale}
          onClose={() => setWeighing(false)}
        />
      )}
    </>
  )
}
