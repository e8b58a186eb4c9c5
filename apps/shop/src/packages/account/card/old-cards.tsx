import { useState } from 'react'
import { Button } from '../../../components/button'
import { Cell, Labelled, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { Sheet } from '../../../components/sheet'
import { oldCardText } from '../../../models/old-cards'
import { pointsText } from '../../../models/points'
import { api, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { say } from '../../../services/toast'

interface OldCardsProps {
  owner: string
  /** Points and growth came along. */
  onBound: () => void
}

/** 老会员卡: plastic cards that were bound, and the way to bind one. */
export function OldCards({ owner, onBound }: OldCardsProps) {
  const cards = useLoad(`old-cards.${owner}`, () => api('GET /v1/me/old-cards'))
  const [open, setOpen] = useState(false)
  const bound = async (points: number) => {
    setOpen(false)
    say(points > 0 ? `绑好了，${pointsText(points)} 积分已到账` : '绑好了')
    await cards.reload()
    onBound()
  }
  return (
    <Panel title="老会员卡" className="card-cells">
      {cards.data?.items.map((card) => (
        <Cell key={card.no} icon="check" title={card.no} note={oldCardText(card)} />
      ))}
      <Cell icon="plus" title="绑定塑料卡" note="积分和记录并到这里" onPress={() => setOpen(true)} />
      {open && <BindSheet onClose={() => setOpen(false)} onBound={bound} />}
    </Panel>
  )
}

function BindSheet({
  onClose,
  onBound,
}: {
  onClose: () => void
  onBound: (points: number) => Promise<void>
}) {
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const bind = async () => {
    try {
      const { points } = await api('POST /v1/me/old-cards', { body: { no: typed.trim() } })
      await onBound(points)
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  return (
    <Sheet title="绑定塑料卡" onClose={onClose}>
      <Labelled label="卡面上的卡号" fault={fault}>
        <Field
          label="卡面上的卡号"
          placeholder="数字，有字母也照样输"
          value={typed}
          maxLength={40}
          onValue={(value) => {
            setTyped(value.replace(/[^0-9A-Za-z -]/g, ''))
            setFault(null)
          }}
          onEnter={() => void bind()}
        />
      </Labelled>
      <Box className="card-small card-bind-note">
        办卡时留的手机号和您现在绑的一样，就能自己绑；换过号就带上卡，到店请店员帮您绑。
      </Box>
      <Button size="full" disabled={typed.trim().length < 4} busyText="正在绑" onPress={bind}>
        绑到我的会员
      </Button>
    </Sheet>
  )
}
