import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { pointsText } from '../../../models/points'
import { backText, goodsFenOf, tillOffFen } from '../../../models/receipts'
import { momentOf } from '../../../models/times'
import type { Receipt } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { useStores } from '../../../services/place'
import { useParam } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import './index.scss'

/** 门店小票: what was bought at a till, what came off, what it earned and what came back. */
export default function ReceiptPage() {
  const receiptId = useParam('id') ?? ''
  const owner = useCell(memberSession)?.who.id
  const receipt = useLoad(owner ? `receipt.${receiptId}` : null, () =>
    api('GET /v1/till-receipts/:receiptId', { params: { receiptId } }),
  )
  return (
    <Screen title="门店小票" className="receipt">
      <NavBar title="门店小票" />
      <Gate loaded={receipt} skeleton={<RowBones count={4} />} safe="小票都存在店里的系统，不会丢">
        {(data) => (
          <>
            <Head receipt={data} />
            <Lines receipt={data} />
            <Returns receipt={data} />
            <Where receipt={data} />
          </>
        )}
      </Gate>
    </Screen>
  )
}

function Head({ receipt }: { receipt: Receipt }) {
  const { paidFen, source, earnedPoints } = receipt
  const back = backText(receipt)
  return (
    <Panel className="receipt-head">
      <Box className="ll-quiet">{source === 'staff' ? '用券后应付' : '实付'}</Box>
      <Price fen={paidFen} size="x" />
      {earnedPoints > 0 && <Box className="receipt-earned">{`得 ${pointsText(earnedPoints)} 积分`}</Box>}
      {back && (
        <Box className="receipt-back" role="status">
          {back}
        </Box>
      )}
    </Panel>
  )
}

function Lines({ receipt }: { receipt: Receipt }) {
  const { lines, discounts, paidFen } = receipt
  const off = tillOffFen(receipt)
  return (
    <Panel title="买了什么">
      <Box as="ul" className="receipt-lines">
        {lines.map((line, i) => (
          <Box as="li" key={i} className="receipt-line">
            <Box className="receipt-line-words">
              <Box>{line.name}</Box>
              <Box className="receipt-small">
                {`${yuanText(line.unitFen)} × ${line.quantity}`}
                {line.returnedQuantity > 0 && `，退了 ${line.returnedQuantity}`}
              </Box>
            </Box>
            <Words className="receipt-line-sum">{yuanText(line.quantity * line.unitFen)}</Words>
          </Box>
        ))}
      </Box>
      <Box className="receipt-sums">
        <SumLine name="商品合计" value={yuanText(goodsFenOf(receipt))} />
        {discounts.map(({ label, offFen, points }) => (
          <SumLine
            key={label}
            name={points > 0 ? `${pointsText(points)} 积分抵` : label}
            value={offFen > 0 ? `−${yuanText(offFen)}` : '已用上'}
          />
        ))}
        {off > 0 && <SumLine name="收银台优惠" value={`−${yuanText(off)}`} />}
        <SumLine strong name={receipt.source === 'staff' ? '应付' : '实付'} value={yuanText(paidFen)} />
      </Box>
    </Panel>
  )
}

function Returns({ receipt: { returns, source } }: { receipt: Receipt }) {
  if (returns.length === 0) return null
  return (
    <Panel title={source === 'staff' ? '撤销' : '退货'}>
      {returns.map(({ id, soldAt, paidFen }) => (
        <SumLine
          key={id}
          name={momentOf(soldAt, Date.now())}
          value={source === 'staff' ? '券退回了' : `退 ${yuanText(paidFen)}`}
        />
      ))}
    </Panel>
  )
}

function Where({ receipt: { storeId, soldAt, posTxnId, source } }: { receipt: Receipt }) {
  const stores = useStores()
  const store = stores.data?.find(({ id }) => id === storeId)
  return (
    <Panel title="在哪里">
      <SumLine name="门店" value={store?.name ?? storeId} />
      {store && <SumLine name="地址" value={store.address} />}
      <SumLine name="时间" value={momentOf(soldAt, Date.now())} />
      {source === 'till' && (
        <SumLine name="小票号" value={<Words className="receipt-no">{posTxnId}</Words>} />
      )}
      {source === 'staff' && (
        <Box className="receipt-note">店员用手机核销的券：价钱按本店标价算，实付和积分以收银台小票为准</Box>
      )}
    </Panel>
  )
}
