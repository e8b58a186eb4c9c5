import { useCallback, useMemo, useState } from 'react'
import { DeadCode } from '../../../components/dead-code'
import { Box, Picture, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Bone } from '../../../components/states'
import type { Trouble } from '../../../models/problem-words'
import { qrSvg } from '../../../models/qr'
import { svgImage } from '../../../models/svg'
import { holdsFor, RENEW_EARLY_S } from '../../../models/till-code'
import { api, codeOf, troubleFrom } from '../../../services/api'
import { useRotating } from '../../../services/rotating'

interface TillCodeProps {
  couponId: string
  label: string
  /** It was used or is over meanwhile. */
  onGone: () => void
}

/** 到店使用: the coupon's code for the till. It lives for minutes, so nothing of it is kept on the phone. */
export function TillCode({ couponId, label, onGone }: TillCodeProps) {
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const ask = useCallback(
    () => api('GET /v1/coupons/:couponId/till-code', { params: { couponId } }),
    [couponId],
  )
  const { held, ring, again } = useRotating(ask, {
    earlySeconds: RENEW_EARLY_S,
    onFresh: () => setTrouble(null),
    onTrouble: (error) => {
      setTrouble(troubleFrom(error))
      if (codeOf(error) === 'coupons.unusable') onGone()
    },
  })
  const text = held?.code.code
  const qr = useMemo(() => (text ? svgImage(qrSvg(text)) : ''), [text])
  if (!held || !ring)
    return (
      <Box className="coupon-code">
        {trouble ? (
          <DeadCode name="券码" trouble={trouble} again={again} />
        ) : (
          <Box role="status" label="正在取券码">
            <Bone className="coupon-qr" />
          </Box>
        )}
      </Box>
    )
  return (
    <Box as="section" label="到店使用" className="coupon-code">
      <Box className="coupon-code-title">结账时给收银员扫一扫</Box>
      <Box className={`coupon-qr ${ring.due ? 'coupon-due' : ''}`}>
        <Picture src={qr} alt={`${label}的券码`} eager />
      </Box>
      {ring.due && trouble ? (
        <DeadCode name="券码" trouble={trouble} again={again} />
      ) : (
        <Box className="coupon-ring" role="status">
          <Icon name="refresh" size={14} />
          <Words>
            {ring.due
              ? '券码过期了，正在换新'
              : `${holdsFor(ring.secondsLeft)}内有效，会自动换新，截图会失效`}
          </Words>
        </Box>
      )}
    </Box>
  )
}
