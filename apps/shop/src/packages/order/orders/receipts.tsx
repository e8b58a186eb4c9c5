import { Button } from '../../../components/button'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Price } from '../../../components/price'
import { Gate, Notice, RowBones } from '../../../components/states'
import { backText, besideText, boughtText } from '../../../models/receipts'
import { momentOf } from '../../../models/times'
import type { ReceiptRow } from '../../../models/wire'
import { api } from '../../../services/api'
import { usePaged } from '../../../services/paged'
import { useStores } from '../../../services/place'
import { openPage } from '../../../services/routes'

const PAGE_SIZE = 20
const receiptsFrom = (cursor?: string) =>
  api('GET /v1/till-receipts', { query: { limit: PAGE_SIZE, ...(cursor && { cursor }) } })

/** 门店小票: what was bought at tills, newest first. */
export function Receipts({ owner }: { owner: string }) {
  const { list, more } = usePaged(`receipts.${owner}`, receiptsFrom)
  const stores = useStores()
  const nameOf = (storeId: string) => stores.data?.find(({ id }) => id === storeId)?.name ?? storeId
  return (
    <Gate loaded={list} skeleton={<RowBones count={3} />} safe="小票都存在店里的系统，不会丢">
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <Notice drawing="list" title="还没有门店小票" note="在门店结账时出示会员卡，买的东西就记在这里">
            <Button onPress={() => openPage('card')}>看会员卡</Button>
          </Notice>
        ) : (
          <>
            {items.map((row) => (
              <Row key={row.id} row={row} storeName={nameOf(row.storeId)} />
            ))}
            {nextCursor && (
              <Box className="orders-more">
                <Button look="line" size="small" busyText="正在取" onPress={more}>
                  再看一些
                </Button>
              </Box>
            )}
          </>
        )
      }
    </Gate>
  )
}

function Row({ row, storeName }: { row: ReceiptRow; storeName: string }) {
  const when = momentOf(row.soldAt, Date.now())
  const beside = besideText(row)
  return (
    <Press
      className="orders-card orders-receipt"
      label={[storeName, when, boughtText(row), beside, '看小票'].filter(Boolean).join('，')}
      onPress={() => openPage('receipt', { id: row.id })}
    >
      <Box className="orders-receipt-head">
        <Icon name="shop" size={18} />
        <Words className="ll-strong">{storeName}</Words>
        <Words className="orders-state">{when}</Words>
      </Box>
      <Box className="orders-receipt-body">
        <Words className="orders-receipt-words">{boughtText(row)}</Words>
        <Price fen={row.paidFen} size="s" />
      </Box>
      {beside && <Box className={backText(row) === null ? 'orders-note' : 'orders-back'}>{beside}</Box>}
    </Press>
  )
}
