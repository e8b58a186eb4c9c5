import { Box } from './elements'
import type { IconName } from './icon-names'
import './icon.scss'

interface IconProps {
  name: IconName
  /** Side in pixels; the token grows with the elder face. */
  size?: number
  className?: string
}

/** A drawn icon in the colour of the words around it. Always beside a word, or inside a control with a label. */
export function Icon({ name, size, className = '' }: IconProps) {
  const style = size === undefined ? {} : { width: `${size}px`, height: `${size}px` }
  return <Box className={`ll-icon ll-icon-${name} ${className}`} style={style} hidden />
}
