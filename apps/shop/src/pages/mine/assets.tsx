import { Box, Press, Words } from '../../components/elements'
import { expiryOf } from '../../models/coupons'
import { endingOf, pointsText } from '../../models/points'
import { api, memberSession } from '../../services/api'
import { useLoad } from '../../services/load'
import { openPage } from '../../services/routes'
import { useCell } from '../../services/watch'

/** Points and coupons of a member: how many there are, and what ends soon. Nothing for somebody who is not signed in. */
export function Assets() {
  const owner = useCell(memberSession)?.who.id
  const points = useLoad(owner ? `points.${owner}` : null, () => api('GET /v1/points'))
  const coupons = useLoad(owner ? `coupons.${owner}.usable` : null, () =>
    api('GET /v1/coupons', { query: { which: 'usable' } }),
  )
  if (!owner) return null
  const { data } = points
  const hasPoints = data && (data.terms || data.available + data.frozen + data.held + data.debt > 0)
  const held = coupons.data?.items
  const count = `${held?.length ?? 0}${coupons.data?.nextCursor ? '+' : ''}`
  const [first] = held ?? []
  const expiry = first && expiryOf(first, Date.now())
  const ending = data && endingOf(data, Date.now())
  const endings = [ending?.soon && ending.text, first && expiry?.soon && `「${first.label}」${expiry.text}`]
  return (
    <Box className="mine-assets">
      <Box className="mine-assets-row">
        {hasPoints && (
          <Press
            className="mine-asset"
            label={`积分 ${data.available}，看明细`}
            onPress={() => openPage('points')}
          >
            <Words className="mine-asset-name">积分</Words>
            <Words className="mine-asset-count">{pointsText(data.available)}</Words>
          </Press>
        )}
        <Press
          className="mine-asset"
          label={held ? `优惠券 ${count} 张` : '优惠券'}
          onPress={() => openPage('coupons')}
        >
          <Words className="mine-asset-name">优惠券</Words>
          <Box>
            <Words className="mine-asset-count">{held ? count : '\u2013'}</Words>
            {held && <Words className="mine-asset-unit">张</Words>}
          </Box>
        </Press>
      </Box>
      {endings.filter(Boolean).map((each) => (
        <Box key={String(each)} className="mine-ending">
          {each}
        </Box>
      ))}
    </Box>
  )
}
