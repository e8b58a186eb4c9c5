import { Box } from './elements'
import type { IconName } from './icon-names'

interface IconProps {
  name: IconName
  /** Side in pixels of the normal face; it grows with the elder one. */
  size?: number
  className?: string
}

/** A drawn icon in the colour of the words around it. Always beside a word, or inside a control with a label. */
export function Icon({ name, size, className = '' }: IconProps) {
  const side = `calc(${size}px * var(--ll-scale))`
  const style = size === undefined ? {} : { width: side, height: side }
  return <Box className={`ll-icon ll-icon-${name} ${className}`} style={style} hidden />
}
