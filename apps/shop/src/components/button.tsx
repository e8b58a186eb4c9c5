import { useRef, useState, type ReactNode } from 'react'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'
import type { IconName } from './icon-names'

interface ButtonProps {
  look?: 'filled' | 'soft' | 'line' | 'leaf'
  size?: 'full' | 'inner' | 'small'
  icon?: IconName
  label?: string
  disabled?: boolean
  /** Said while the promise of `onPress` is open; the button cannot be pressed again before it settles. */
  busyText?: string
  className?: string
  onPress: () => void | Promise<unknown>
  children: ReactNode
}

/** A button. One that sends shows progress and cannot be sent twice. */
export function Button(props: ButtonProps) {
  const {
    look = 'filled',
    size = 'inner',
    icon,
    label,
    disabled = false,
    busyText,
    className = '',
    onPress,
    children,
  } = props
  const [busy, setBusy] = useState(false)
  // A second tap may come before React has drawn the first one's state.
  const running = useRef(false)
  const press = () => {
    if (running.current) return
    const work = onPress()
    if (!work) return
    running.current = true
    setBusy(true)
    const done = () => {
      running.current = false
      setBusy(false)
    }
    work.then(done, done)
  }
  return (
    <Press
      className={`ll-button ll-button-${look} ll-button-${size} ${disabled ? 'll-button-off' : ''} ${className}`}
      {...(label === undefined ? {} : { label })}
      disabled={disabled || busy}
      onPress={press}
    >
      {busy ? <Box className="ll-spinner" hidden /> : icon && <Icon name={icon} size={20} />}
      <Words>{busy && busyText ? busyText : children}</Words>
    </Press>
  )
}
