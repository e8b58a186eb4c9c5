import { useEffect } from 'react'
import { useCell } from '../services/watch'
import { overlay } from '../services/wechat.h5'
import { Press } from './elements'
import { Icon } from './icon'

/** The sandbox's login or cashier laid over the page; both rise from the bottom of their frame. Plainly marked as a demonstration. */
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
    <div className="ll-overlay" role="dialog" aria-modal="true" aria-label={shown.title}>
      <div className="ll-overlay-head">
        <span className="ll-strong">{shown.title}</span>
        <span className="ll-overlay-note">沙盒扮演微信，不会动用真钱</span>
        <Press className="ll-overlay-close" label="关闭" onPress={shown.closed}>
          <Icon name="x" size={22} />
        </Press>
      </div>
      <iframe className="ll-overlay-frame" src={shown.address} title={shown.title} />
    </div>
  )
}
