import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { Gate, Notice, RowBones } from '../../../components/states'
import { dayOf } from '../../../models/times'
import { api } from '../../../services/api'
import { usePaged } from '../../../services/paged'

const PAGE_SIZE = 30
const boundFrom = (cursor?: string) =>
  api('GET /v1/promoter/bindings', { query: { limit: PAGE_SIZE, ...(cursor && { cursor }) } })

/** Whom one brought. Names are masked: a promoter needs no more. */
export function Bound() {
  const { list, more } = usePaged('promoter.bound', boundFrom)
  return (
    <Panel>
      <Gate loaded={list} skeleton={<RowBones count={3} />} safe="绑定的顾客都记着">
        {(data) =>
          data.items.length === 0 ? (
            <Notice drawing="list" title="还没有绑定的顾客" note="顾客扫您的推广码，登录后出现在这里" />
          ) : (
            <>
              <Box as="ul">
                {data.items.map((each) => (
                  <LedgerRow
                    key={each.id}
                    title={each.name}
                    note={`${dayOf(each.boundAt, Date.now())}绑定`}
                    sum={each.ended ? '已到期' : `${dayOf(each.until, Date.now())}前有效`}
                    isGain={!each.ended}
                    origin={null}
                  />
                ))}
              </Box>
              {data.nextCursor !== null && (
                <Button look="line" size="full" busyText="正在看" onPress={more}>
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
