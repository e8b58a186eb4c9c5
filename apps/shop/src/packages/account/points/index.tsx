import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { LedgerRow } from '../../../components/ledger'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { endingOf, movesOf, pointsRules, pointsText, type PointsMove, worthFen } from '../../../models/points'
import { momentOf } from '../../../models/times'
import type { Points } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePaged } from '../../../services/paged'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

const PAGE_SIZE = 30
const postingsFrom = (cursor?: string) =>
  api('GET /v1/points/postings', { query: { limit: PAGE_SIZE, ...(cursor && { cursor }) } })

/** 积分明细: what there is, what ends when, and every move of it. */
export default function PointsPage() {
  const member = useCell(memberSession)
  const owner = member?.who.id
  const points = useLoad(owner ? `points.${owner}` : null, () => api('GET /v1/points'))
  return (
    <Screen title="积分明细" className="points">
      <NavBar title="积分明细" />
      {member ? (
        <Gate loaded={points} skeleton={<RowBones count={4} />} safe="您的积分都记着，不会丢">
          {(data) => (
            <>
              <Balance points={data} />
              <Moves owner={owner ?? ''} />
            </>
          )}
        </Gate>
      ) : (
        <Notice drawing="list" title="登录后看积分">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function Balance({ points }: { points: Points }) {
  const [open, setOpen] = useState(false)
  const worth = worthFen(points, points.available)
  const ending = endingOf(points, Date.now())
  const rules = pointsRules(points)
  const parts: [name: string, points: number][] = [
    ['待生效', points.frozen],
    ['订单占用', points.held],
    ['欠', points.debt],
  ]
  const shown = parts.filter(([, count]) => count > 0)
  return (
    <Panel className="points-balance">
      <Box className="points-sum">
        <Words className="points-count">{pointsText(points.available)}</Words>
        <Words className="ll-quiet">{worth ? `可用积分，能抵 ${yuanText(worth)}` : '可用积分'}</Words>
      </Box>
      {shown.length > 0 && (
        <Box className="points-parts">
          {shown.map(([name, count]) => (
            <Words key={name}>{`${name} ${pointsText(count)}`}</Words>
          ))}
        </Box>
      )}
      {ending && <Box className={ending.soon ? 'points-ending' : 'points-small'}>{ending.text}</Box>}
      {rules.length > 0 && (
        <Press
          className="points-more"
          label={open ? '收起积分规则' : '看积分规则'}
          onPress={() => setOpen(!open)}
        >
          <Words>积分怎么得、怎么用</Words>
          <Icon name={open ? 'up' : 'down'} size={16} />
        </Press>
      )}
      {open && (
        <Box as="ul" className="points-rules">
          {rules.map((rule) => (
            <Box as="li" key={rule}>
              {rule}
            </Box>
          ))}
        </Box>
      )}
    </Panel>
  )
}

function Moves({ owner }: { owner: string }) {
  const { list, more } = usePaged(`points.postings.${owner}`, postingsFrom)
  return (
    <Gate loaded={list} skeleton={<RowBones count={4} />} safe="您的积分都记着，不会丢">
      {(data) =>
        data.items.length === 0 ? (
          <Notice drawing="list" title="还没有积分" note="付款就有积分，取货且售后期过后可用">
            <Button onPress={() => openTab('category')}>去逛逛</Button>
          </Notice>
        ) : (
          <Panel title="明细">
            <Box as="ul">
              {movesOf(data.items, Date.now()).map((move) => (
                <Move key={move.id} move={move} />
              ))}
            </Box>
            {data.nextCursor !== null && (
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

function Move({ move: { title, points, note, orderId, at } }: { move: PointsMove }) {
  const sum = `${points > 0 ? '+' : points < 0 ? '−' : ''}${pointsText(Math.abs(points))}`
  const when = momentOf(at, Date.now())
  return (
    <LedgerRow
      title={title}
      note={note === null ? when : `${when}，${note}`}
      sum={sum}
      isGain={points > 0}
      origin={
        orderId === null
          ? null
          : {
              label: `${title}，${sum} 积分，${when}，看订单`,
              open: () => openPage('order', { id: orderId }),
            }
      }
    />
  )
}
