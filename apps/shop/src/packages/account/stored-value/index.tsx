import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { VALUE_REASON_WORDS } from '../../../models/stored-value'
import { momentOf } from '../../../models/times'
import type { StoredValue, ValuePosting } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePaged } from '../../../services/paged'
import { openPage } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

const PAGE_SIZE = 30
const SAFE = '您的余额都记着，不会少'
const postingsFrom = (cursor?: string) =>
  api('GET /v1/stored-value/postings', { query: { limit: PAGE_SIZE, ...(cursor && { cursor }) } })

/** 储值余额: what there is, what orders hold, and every change of it. */
export default function StoredValuePage() {
  const owner = useCell(memberSession)?.who.id
  const balance = useLoad(owner ? `stored.${owner}` : null, () => api('GET /v1/stored-value'))
  return (
    <Screen title="储值余额" className="stored">
      <NavBar title="储值余额" />
      {owner ? (
        <Gate loaded={balance} skeleton={<RowBones count={4} />} safe={SAFE}>
          {(data) => (
            <>
              <Balance value={data} />
              <Moves owner={owner} />
            </>
          )}
        </Gate>
      ) : (
        <Notice drawing="list" title="登录后看余额">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function Balance({ value: { open, availableFen, heldFen } }: { value: StoredValue }) {
  return (
    <Panel className="stored-balance">
      <Box className="ll-quiet">可用余额</Box>
      <Price fen={availableFen} size="x" />
      {heldFen > 0 && (
        <Box className="ll-quiet">{`另有 ${yuanText(heldFen)} 给没付完的订单留着，取消就退回`}</Box>
      )}
      <Box className="stored-hint">
        {open ? '到门店柜台可以充值，也可以退；没有有效期' : '现在不能充值，余额可以到门店柜台退'}
      </Box>
    </Panel>
  )
}

function Moves({ owner }: { owner: string }) {
  const { list, more } = usePaged(`stored.postings.${owner}`, postingsFrom)
  return (
    <Gate loaded={list} skeleton={<RowBones count={4} />} safe={SAFE}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <Notice drawing="list" title="还没有明细" note="在门店柜台充了值，就记在这里" />
        ) : (
          <Panel title="明细">
            <Box as="ul">
              {items.map((move) => (
                <Move key={move.id} move={move} />
              ))}
            </Box>
            {nextCursor !== null && (
              <Button look="line" size="full" busyText="正在看" onPress={more}>
                再看更早的
              </Button>
            )}
          </Panel>
        )
      }
    </Gate>
  )
}

function Move({ move: { reason, availableFen, orderId, at } }: { move: ValuePosting }) {
  const title = VALUE_REASON_WORDS[reason]
  const sum = `${availableFen > 0 ? '+' : '−'}${yuanText(Math.abs(availableFen))}`
  const when = momentOf(at, Date.now())
  return (
    <LedgerRow
      title={title}
      note={when}
      sum={sum}
      isGain={availableFen > 0}
      origin={
        orderId === null
          ? null
          : { label: `${title}，${sum}，${when}，看订单`, open: () => openPage('order', { id: orderId }) }
      }
    />
  )
}
