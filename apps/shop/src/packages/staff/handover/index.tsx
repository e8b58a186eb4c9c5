import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Field, Picture, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Panel } from '../../../components/cells'
import { ShelfTag } from '../../../components/tag'
import { readCode } from '../../../models/handover-code'
import { groupDigits } from '../../../models/pickup-code'
import { SHORTAGE_WORDS } from '../../../models/order-words'
import { momentOf } from '../../../models/times'
import type { HandoverSheet, ShortageChoice } from '../../../models/wire'
import { floorApi, mediaUrl, staffSession, troubleFrom } from '../../../services/api'
import { canScan, scanCode } from '../../../services/device'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { staffStore } from '../staff-store'
import './index.scss'

/** 交接: read a code, see the sheet, hand the bag over. Nothing changes before the last button. */
export default function HandoverPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [typed, setTyped] = useState('')
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
  const scan = async () => {
    const text = await scanCode()
    if (text !== null) await ask(text)
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
  const again = () => {
    setHeld(null)
    setTyped('')
  }
  return (
    <Screen title="交接" className="handover">
      <NavBar title={`交接 · ${store?.name ?? ''}`} />
      {held ? (
        <Sheet sheet={held.sheet} handed={held.handed} onHandOver={handOver} onAgain={again} />
      ) : (
        <Panel title="顾客的提货码" note="10 位数字，或二维码">
          <Box className={`handover-box ${fault ? 'handover-box-bad' : ''}`}>
            <Field
              label="提货码"
              className="handover-input"
              kind="text"
              placeholder="输数字，扫码枪也行"
              value={/^\d+$/.test(typed) ? groupDigits(typed) : typed}
              maxLength={200}
              autoFocus
              invalid={fault !== null}
              onValue={(value) => {
                setTyped(/^[\d\s]+$/.test(value) ? value.replace(/\s/g, '') : value)
                setFault(null)
              }}
              onEnter={() => void ask(typed)}
            />
          </Box>
          {fault && (
            <Box className="handover-fault" role="alert">
              <Icon name="info" size={18} />
              <Words>{fault}</Words>
            </Box>
          )}
          <Box className="handover-actions">
            {canScan && (
              <Button look="soft" size="full" icon="scan" onPress={scan}>
                扫二维码
              </Button>
            )}
            <Button size="full" disabled={typed === ''} busyText="正在查" onPress={() => ask(typed)}>
              查这一单
            </Button>
          </Box>
        </Panel>
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
      {handed && (
        <Box className="handover-done" role="status">
          <Icon name="check" size={28} />
          <Box>
            <Box className="handover-done-title">交好了</Box>
            <Words>
              {sheet.customer}，{pieces} 件
            </Words>
          </Box>
        </Box>
      )}
      <Panel
        title={sheet.customer}
        note={`订单尾号 ${sheet.no.slice(-4)} · ${momentOf(sheet.placedAt, Date.now())} 下单`}
      >
        {sheet.lines.map((line) => (
          <Box key={line.lineNo} className="handover-line">
            <Box className="handover-picture">
              {line.picture ? (
                <Picture src={mediaUrl(line.picture.s)} alt="" />
              ) : (
                <Words>{line.name.slice(0, 1)}</Words>
              )}
            </Box>
            <Box className="handover-words">
              <Box>{line.name}</Box>
              <ShelfTag code={line.shelf} />
            </Box>
            <Words className="handover-count">
              {line.quantity} {line.unit}
            </Words>
          </Box>
        ))}
        {sheet.remark !== '' && <Box className="handover-remark">备注：{sheet.remark}</Box>}
        {!handed && (
          <Box className="handover-remark">
            缺货时：{SHORTAGE_WORDS[sheet.ifShort as ShortageChoice].name}
          </Box>
        )}
      </Panel>
      <Box className="handover-actions handover-foot">
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
