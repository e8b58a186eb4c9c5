import { Box, Picture, Press, Words } from '../../components/elements'
import { Panel } from '../../components/cells'
import { Icon } from '../../components/icon'
import { MemberCard } from '../../components/member-card'
import { aheadText, fromText, persimmonSvg, rungOf, shareOf } from '../../models/membership'
import { svgImage } from '../../models/svg'
import type { Standing } from '../../models/wire'
import { api, memberSession } from '../../services/api'
import { useLoad } from '../../services/load'
import { openPage } from '../../services/routes'
import { useCell } from '../../services/watch'
import { Assets } from './assets'

/** The card for the till, there without a tap, and how far the next tier is. */
export function Card() {
  const owner = useCell(memberSession)?.who.id
  const membership = useLoad(owner ? `membership.${owner}` : null, () => api('GET /v1/me/membership'))
  if (!owner) return null
  const standing = membership.data?.standing ?? null
  return (
    <>
      <MemberCard
        key={owner}
        standing={standing}
        action={
          <Press className="mcard-enlarge" label="放大出示会员卡" onPress={() => openPage('card')}>
            放大出示
          </Press>
        }
        aside={<Assets />}
      />
      {standing && <Ladder standing={standing} />}
    </>
  )
}

function Ladder({ standing }: { standing: Standing }) {
  const { rungs, code, growthPerYuan } = standing
  const share = `${(shareOf(standing) * 100).toFixed(1)}%`
  return (
    <Panel
      title={aheadText(standing)}
      note={
        <Press className="mine-ladder-more" label="看会员权益" onPress={() => openPage('card')}>
          <Words>看权益</Words>
          <Icon name="right" size={16} />
        </Press>
      }
    >
      {rungs.length > 1 && (
        <Box className="mine-ladder" hidden>
          <Box className="mine-ladder-line">
            <Box className="mine-ladder-done" style={{ width: share }} />
          </Box>
          <Box className="mine-ladder-rungs">
            {rungs.map((rung, rank) => (
              <Box key={rung.code} className={`mine-rung ${rung.code === code ? 'mine-rung-here' : ''}`}>
                <Box className="mine-rung-fruit">
                  <Picture src={svgImage(persimmonSvg(rank, rungs.length))} alt="" eager />
                </Box>
                <Box>{rung.code === code ? `${rung.name} · 现在` : rung.name}</Box>
                <Box>{fromText(rung, growthPerYuan)}</Box>
              </Box>
            ))}
          </Box>
        </Box>
      )}
      <Box className="mine-benefits">
        {rungOf(standing)?.benefits.map((benefit) => (
          <Box key={benefit} className="mine-benefit">
            <Icon
              name={benefit.startsWith('积分') || benefit.startsWith('消费') ? 'star' : 'gift'}
              size={18}
            />
            <Words>{benefit}</Words>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
