import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Picture, Words } from '../../../components/elements'
import { LedgerRow } from '../../../components/ledger'
import { MemberCard } from '../../../components/member-card'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { fromText, growthTitle, periodNotes, persimmonSvg, tierRules } from '../../../models/membership'
import { pointsText } from '../../../models/points'
import { svgImage } from '../../../models/svg'
import { momentOf } from '../../../models/times'
import type { Standing } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useBright } from '../../../services/bright'
import { useLoad } from '../../../services/load'
import { usePaged } from '../../../services/paged'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import { OldCards } from './old-cards'
import './index.scss'

const PAGE_SIZE = 30
const postingsFrom = (cursor?: string) =>
  api('GET /v1/me/growth-postings', { query: { limit: PAGE_SIZE, ...(cursor && { cursor }) } })

/** 会员卡: large for the counter, what each tier brings, and every move of growth. */
export default function CardPage() {
  const owner = useCell(memberSession)?.who.id
  const membership = useLoad(owner ? `membership.${owner}` : null, () => api('GET /v1/me/membership'))
  useBright()
  return (
    <Screen title="会员卡" className="card">
      <NavBar title="会员卡" />
      {owner ? (
        <>
          <MemberCard key={owner} standing={membership.data?.standing ?? null} large />
          <Box className="card-hint">屏幕亮一些更好扫；码每半分钟换一次，截图会失效</Box>
          <Gate loaded={membership} skeleton={<RowBones count={3} />} safe="您的等级和成长值都记着，不会丢">
            {({ standing }) => standing && <Tiers standing={standing} owner={owner} />}
          </Gate>
          <OldCards owner={owner} onBound={() => void membership.reload()} />
        </>
      ) : (
        <Notice drawing="list" title="登录后出示会员卡">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function Tiers({ standing, owner }: { standing: Standing; owner: string }) {
  const { rungs, code, growthPerYuan } = standing
  return (
    <>
      <Panel title="会员权益">
        {rungs.map((rung, rank) => (
          <Box key={rung.code} className={`card-rung ${rung.code === code ? 'card-rung-here' : ''}`}>
            <Box className="card-rung-fruit">
              <Picture src={svgImage(persimmonSvg(rank, rungs.length))} alt="" eager />
            </Box>
            <Box className="card-rung-words">
              <Box className="ll-strong">
                {rung.name}
                {rung.code === code ? '，您现在在这一级' : ''}
              </Box>
              <Box className="card-small">{rung.benefits.join('，') || '和大家一样'}</Box>
            </Box>
            <Words className="card-small">{fromText(rung, growthPerYuan)}</Words>
          </Box>
        ))}
        {periodNotes(standing, Date.now()).map((note) => (
          <Box key={note} className="card-note">
            {note}
          </Box>
        ))}
      </Panel>
      <Panel title="等级怎么算">
        <Box as="ul" className="card-rules">
          {tierRules(standing).map((rule) => (
            <Box as="li" key={rule}>
              {rule}
            </Box>
          ))}
        </Box>
      </Panel>
      <Moves owner={owner} />
    </>
  )
}

function Moves({ owner }: { owner: string }) {
  const { list, more } = usePaged(`growth.${owner}`, postingsFrom)
  const { data } = list
  if (!data || data.items.length === 0) return null
  return (
    <Panel title="成长值明细">
      <Box as="ul">
        {data.items.map((posting) => {
          const { id, growth, at } = posting
          return (
            <LedgerRow
              key={id}
              title={growthTitle(posting)}
              note={momentOf(at, Date.now())}
              sum={`${growth > 0 ? '+' : '−'}${pointsText(Math.abs(growth))}`}
              isGain={growth > 0}
              origin={null}
            />
          )
        })}
      </Box>
      {data.nextCursor !== null && (
        <Button look="line" size="full" busyText="正在看" onPress={more}>
          再看更早的
        </Button>
      )}
    </Panel>
  )
}
