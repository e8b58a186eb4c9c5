import { Box, Press } from './elements'

/** A switch, 50 × 30. */
export function Switch({
  on,
  label,
  onSwitch,
}: {
  on: boolean
  label: string
  onSwitch: (on: boolean) => void
}) {
  return (
    <Press className="ll-switch-box" role="switch" on={on} label={label} onPress={() => onSwitch(!on)}>
      <Box className={`ll-switch ${on ? 'll-switch-on' : ''}`}>
        <Box className="ll-switch-knob" />
      </Box>
    </Press>
  )
}
