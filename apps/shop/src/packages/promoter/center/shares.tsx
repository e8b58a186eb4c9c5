import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { yuanText } from '../../../models/money'
import { SHARE_STATES, shareNote } from '../../../models/promoter'
import { momentOf } from '../../../models/times'
import type { CommissionShare } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'

const PAGE_SIZE = 50
const TABS = { ALL: '全部', ...SHARE_STATES } as const

/** Every share of every line, by what became of it. */
export function Shares() {
  const [state, setState] = useState<keyof typeof TABS>('ALL')
  const [pages, setPages] = useState(1)
  const list = useLoad(`promoter.shares.${state}.${pages}`, async () => {
    const asked = { limit: PAGE_SIZE, ...(state === 'ALL' ? {} : { state }) }
    const items: CommissionShare[] = []
    let total = 0
    for (let page = 1; page <= pages; page++) {
      const answer = await api('GET /v1/promoter/shares', { query: { ...asked, page } })
      items.push(...answer.items)
      total = answer.total
    }
    return { items, total }
  })
  return (
    <Panel>
      <Tabs
        label="佣金状态"
        look="scroll"
        tabs={TABS}
        chosen={state}
        onChoose={(next) => {
          setState(next)
          setPages(1)
        }}
      />
      <Gate loaded={list} skeleton={<RowBones count={3} />} safe="您的佣金都记着，不会少">
        {({ items, total }) =>
          items.length === 0 ? (
            <Notice drawing="list" title="还没有佣金" note="顾客扫您的码下单付款，就记在这里" />
          ) : (
            <>
              <Box as="ul">
                {items.map((share) => (
                  <LedgerRow
                    key={`${share.orderId}.${share.lineNo}.${share.depth}`}
                    title={`${share.buyer} · ${SHARE_STATES[share.state]}`}
                    note={`${shareNote(share, Date.now())}，${momentOf(share.placedAt, Date.now())}下单`}
                    sum={yuanText(share.leftFen)}
                    isGain={share.leftFen > 0}
                    origin={null}
                  />
                ))}
              </Box>
              {items.length < total && (
                <Button look="line" size="full" onPress={() => setPages(pages + 1)}>
                  再看更早的
                </Button>
              )}
            </>
          )
        }
      </Gate>
    </Panel>
  )
}
