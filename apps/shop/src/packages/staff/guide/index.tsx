import { useEffect } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Picture, Words } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { rewardWords, termsSentences } from '../../../models/guide'
import { yuanText } from '../../../models/money'
import { momentOf } from '../../../models/times'
import type { GuideLeague } from '../../../models/wire'
import { floorApi, staffSession } from '../../../services/api'
import { deviceNumber } from '../../../services/guide'
import { useLoad } from '../../../services/load'
import { usePaged } from '../../../services/paged'
import { replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { staffStore } from '../staff-store'
import './index.scss'

/** 我的引导: the code to show a customer, what came of it this month, and how the others stand. */
export default function GuidePage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  if (!staff) return <Screen title="我的引导">{null}</Screen>
  return (
    <Screen title="我的引导" className="guide">
      <NavBar title={store ? `我的引导 · ${store.name}` : '我的引导'} />
      {store ? (
        <>
          <Code storeId={store.id} />
          <Figures storeId={store.id} />
          <Rewards staffId={staff.who.id} />
        </>
      ) : (
        <Notice drawing="pin" title="先选在哪家店" note="回到店员页，选好今天所在的门店，再来给顾客扫。" />
      )}
    </Screen>
  )
}

function Code({ storeId }: { storeId: string }) {
  const drawn = useLoad(`guide.code.${storeId}`, () =>
    floorApi('POST /staff/v1/stores/:storeId/guide-code', {
      params: { storeId },
      body: { device: deviceNumber() },
    }),
  )
  return (
    <Panel title="请顾客用微信扫">
      <Gate loaded={drawn} skeleton={<RowBones count={1} />} safe="您的码一直是同一个，稍后再打开">
        {({ picture, code }) => (
          <Box className="guide-code">
            <Picture src={picture} alt={`${code.staffName ?? ''}的引导码`} className="guide-picture" eager />
            <Box className="ll-quiet">扫了就打开 {code.storeName}，顾客不用填您的名字</Box>
          </Box>
        )}
      </Gate>
    </Panel>
  )
}

function Figures({ storeId }: { storeId: string }) {
  const loaded = useLoad(`guide.${storeId}`, () =>
    floorApi('GET /staff/v1/stores/:storeId/guidance', { params: { storeId } }),
  )
  return (
    <Gate loaded={loaded} skeleton={<RowBones count={2} />} safe="引导的人数都记着，不会丢">
      {({ mine, league, terms }) => (
        <>
          <Panel
            title="这个月"
            note={mine.waitingFen > 0 ? `待生效 ${yuanText(mine.waitingFen)}` : undefined}
          >
            <Box className="guide-sums">
              <Sum name="新会员" value={String(mine.registered)} />
              <Sum name="首单" value={String(mine.ordered)} />
              <Sum name="奖励" value={yuanText(mine.rewardFen)} />
            </Box>
          </Panel>
          <League league={league} />
          <Panel title={terms ? '怎么算' : '现在没有开引导奖励'}>
            {terms ? (
              <Box as="ul">
                {termsSentences(terms).map((sentence) => (
                  <Box as="li" key={sentence} className="guide-rule">
                    {sentence}
                  </Box>
                ))}
              </Box>
            ) : (
              <Box className="ll-quiet">码照样能扫，打开的是本店；总部开了以后才计数。</Box>
            )}
          </Panel>
        </>
      )}
    </Gate>
  )
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <Box className="guide-sum">
      <Box className="guide-sum-value">{value}</Box>
      <Box className="guide-sum-name">{name}</Box>
    </Box>
  )
}

function League({ league }: { league: GuideLeague }) {
  if (league.length === 0) return null
  return (
    <Panel title="本店排名" note="按首单">
      <Box as="ul">
        {league.map(({ name, me, guided, ordered }, i) => (
          <Box as="li" key={`${name}.${i}`} className={me ? 'guide-row guide-me' : 'guide-row'}>
            <Words className="guide-place">{i + 1}</Words>
            <Words className="guide-name">{me ? `${name}（我）` : name}</Words>
            <Words className="ll-quiet">{`引导 ${guided} 位`}</Words>
            <Words className="guide-ordered">{`首单 ${ordered}`}</Words>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}

function Rewards({ staffId }: { staffId: string }) {
  const { list, more } = usePaged(`guide.rewards.${staffId}`, (cursor) =>
    floorApi('GET /staff/v1/guide-rewards', { query: cursor ? { cursor } : {} }),
  )
  const { data } = list
  if (!data || data.items.length === 0) return null
  return (
    <Panel title="奖励明细">
      <Box as="ul">
        {data.items.map((reward) => (
          <LedgerRow
            key={reward.id}
            title={rewardWords(reward)}
            note={`${reward.member.name} · ${momentOf(reward.at, Date.now())}`}
            sum={`${reward.amountFen > 0 ? '+' : '−'}${yuanText(Math.abs(reward.amountFen))}`}
            isGain={reward.amountFen > 0}
            origin={null}
          />
        ))}
      </Box>
      {data.nextCursor && (
        <Button look="line" size="full" busyText="正在取" onPress={more}>
          更早的
        </Button>
      )}
    </Panel>
  )
}
