import { useCallback, useEffect, useMemo } from 'react'
import { Box, Picture, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { groupDigits, ringPath, spokenDigits } from '../../../models/pickup-code'
import { qrSvg } from '../../../models/qr'
import { svgImage } from '../../../models/svg'
import type { Order, PickupCode } from '../../../models/wire'
import { api, codeOf } from '../../../services/api'
import { brighten, callPhone, copyText } from '../../../services/device'
import { type Held, type Rotating, useRotating } from '../../../services/rotating'
import { keepValue, keptValue } from '../../../services/storage'

const RING = { size: 188, stroke: 4, radius: 14 }

/** The code for the counter: digits that stay and are kept on the phone, a QR that the server replaces while the page is open. */
function useRotatingCode(orderId: string, onGone: () => void): Rotating<PickupCode> {
  const kept = `ll.code.${orderId}`
  const ask = useCallback(
    () => api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } }),
    [orderId],
  )
  return useRotating(ask, {
    initial: () => keptValue(kept) as Held<PickupCode> | null,
    onFresh: (held) => keepValue(kept, held),
    onTrouble: (error) => {
      if (codeOf(error) !== 'fulfilment.no_code') return
      keepValue(kept, null)
      onGone()
    },
  })
}

interface PickupCardProps {
  order: Order
  /** The way to the counter; null until the store is known. */
  onMap: (() => void) | null
  phone: string | null
  onHanded: () => Promise<void>
}

/** 提货码. Without a network the digits kept on the phone still open the bag. */
export function PickupCard({ order, onMap, phone, onHanded }: PickupCardProps) {
  const gone = useCallback(() => void onHanded(), [onHanded])
  const { held, ring } = useRotatingCode(order.id, gone)
  useEffect(() => brighten(), [])
  const text = held?.code.qr
  const picture = useMemo(() => (text ? svgImage(qrSvg(text)) : ''), [text])
  if (!held || !ring)
    return <Box className="order-code-card order-code-waiting" role="status" label="正在取提货码" />
  return (
    <Box as="section" className="order-code-card">
      <Box className="ll-quiet">提货码，给店员看或念给他听</Box>
      <Box className="order-digits" role="img" label={`提货码 ${spokenDigits(held.code.digits)}`}>
        {groupDigits(held.code.digits)}
      </Box>
      <Box className="order-ring">
        <Picture className="order-ring-line" src={ringImage(ring.share)} alt="" eager />
        <Box className={`order-qr ${ring.due ? 'order-qr-due' : ''}`}>
          <Picture src={picture} alt="提货二维码" eager />
        </Box>
      </Box>
      <Box className="order-code-note">
        <Icon name="refresh" size={14} />
        <Words>
          {ring.due
            ? '二维码过期了，正在换新；念数字也能取'
            : `二维码 ${ring.secondsLeft} 秒后自动换新，截图会失效`}
        </Words>
      </Box>
      <Box className="order-actions">
        {onMap && (
          <Press className="order-action" onPress={onMap}>
            <Icon name="map" size={20} />
            <Words>带我去</Words>
          </Press>
        )}
        {phone !== null && (
          <Press className="order-action" label="打电话给门店" onPress={() => callPhone(phone)}>
            <Icon name="phone" size={20} />
            <Words>打电话</Words>
          </Press>
        )}
        <Press
          className="order-action"
          label="请人代取：复制提货码发给他"
          onPress={() => copyText(`到${order.storeName}取货，提货码 ${groupDigits(held.code.digits)}`)}
        >
          <Icon name="users" size={20} />
          <Words>请人代取</Words>
        </Press>
      </Box>
    </Box>
  )
}

/** The emptying ring as an image, the one way that works on every target. */
function ringImage(share: number): string {
  const { path, length } = ringPath(RING.size, RING.stroke, RING.radius)
  const line = `fill="none" stroke-width="${RING.stroke}" stroke-linecap="round" d="${path}"`
  return svgImage(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${RING.size} ${RING.size}">` +
      `<path ${line} stroke="#E6F3EA"/>` +
      `<path ${line} stroke="#1B8A4B" stroke-dasharray="${(length * share).toFixed(1)} ${length.toFixed(1)}"/></svg>`,
  )
}
