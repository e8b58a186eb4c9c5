import { useEffect, useRef } from 'react'
import { useCell } from '../services/watch'
import { overlay, type Overlay as Shown } from '../services/wechat.h5'
import { useDialogKeys } from './dialog-keys.h5'
import { Press } from './elements'
import { Icon } from './icon'

/** The sandbox's login or cashier laid over the page; both rise from the bottom of their frame. Plainly marked as a demonstration. */
export function Overlay() {
  const shown = useCell(overlay)
  return shown ? <Dialog shown={shown} /> : null
}

function Dialog({ shown }: { shown: Shown }) {
  const dialog = useRef<HTMLDivElement>(null)
  // The cashier's frame keeps its own keys: what lies under it must be out of reach instead.
  useEffect(() => {
    const under = [...(dialog.current?.parentElement?.children ?? [])].filter(
      (each) => each !== dialog.current,
    )
    for (const each of under) each.setAttribute('inert', '')
    return () => {
      for (const each of under) each.removeAttribute('inert')
    }
  }, [])
  // After the above: what had the focus can only take it back once it is within reach again.
  useDialogKeys(shown.closed)
  return (
    <div ref={dialog} className="ll-overlay" role="dialog" aria-modal="true" aria-label={shown.title}>
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
