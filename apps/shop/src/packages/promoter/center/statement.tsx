import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { Gate, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { monthBeside, monthNow, postingNote, postingTitle, signedYuan } from '../../../models/promoter'
import { momentOf } from '../../../models/times'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'

/** 对账单: what was owed as the month began, every row that changed it, what is owed at its end. */
export function Statement() {
  const thisMonth = monthNow(Date.now())
  const [month, setMonth] = useState(thisMonth)
  const statement = useLoad(`promoter.statement.${month}`, () =>
    api('GET /v1/promoter/statements/:month', { params: { month } }),
  )
  return (
    <Panel>
      <Box className="promoter-months">
        <Button look="line" onPress={() => setMonth(monthBeside(month, -1))}>
          上个月
        </Button>
        <Words className="ll-strong">{month}</Words>
        <Button look="line" disabled={month >= thisMonth} onPress={() => setMonth(monthBeside(month, 1))}>
          下个月
        </Button>
      </Box>
      <Gate loaded={statement} skeleton={<RowBones count={4} />} safe="每一笔都记着">
        {(data) => (
          <>
            <SumLine name="月初应付" value={yuanText(data.openingFen)} />
            <SumLine name="本月可提现" value={signedYuan(data.earnedFen)} />
            {data.takenBackFen !== 0 && <SumLine name="退款扣回" value={signedYuan(data.takenBackFen)} />}
            {data.paidFen !== 0 && <SumLine name="已到账（含代扣）" value={signedYuan(-data.paidFen)} />}
            <SumLine name="月末应付" value={yuanText(data.closingFen)} strong />
            <Box as="ul">
              {data.items.map((posting) => {
                const fen = posting.availableFen + posting.withdrawingFen
                return (
                  <LedgerRow
                    key={posting.id}
                    title={postingTitle(posting)}
                    note={[momentOf(posting.at, Date.now()), postingNote(posting)].filter(Boolean).join('，')}
                    sum={fen === 0 ? '应付不变' : signedYuan(fen)}
                    isGain={fen > 0}
                    origin={null}
                  />
                )
              })}
            </Box>
            {!data.isWhole && (
              <Box className="ll-quiet">这个月的明细太多，只显示最早的 500 笔；合计是全的</Box>
            )}
          </>
        )}
      </Gate>
    </Panel>
  )
}
