import { useEffect } from 'react'
import { useCell } from '../services/watch'
import { overlay } from '../services/wechat.h5'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'

/** The sandbox's login or cashier in a sheet over the page, plainly marked as a demonstration. */
export function Overlay() {
  const shown = useCell(overlay)
  useEffect(() => {
    if (!shown) return undefined
    const close = (event: KeyboardEvent) => event.key === 'Escape' && shown.closed()
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [shown])
  if (!shown) return null
  return (
    <Box className="ll-overlay">
      <Press className="ll-overlay-shade" label="关闭" onPress={shown.closed} />
      <div className="ll-overlay-sheet" role="dialog" aria-modal="true" aria-label={shown.title}>
        {shown.hasHead && (
          <Box className="ll-overlay-head">
            <Words className="ll-strong">{shown.title}</Words>
            <Words className="ll-overlay-note">沙盒扮演微信，不会动用真钱</Words>
            <Press className="ll-overlay-close" label="关闭" onPress={shown.closed}>
              <Icon name="x" size={22} />
            </Press>
          </Box>
        )}
        <iframe className="ll-overlay-frame" src={shown.address} title={shown.title} />
      </div>
    </Box>
  )
}
