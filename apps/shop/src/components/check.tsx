import { Box, Press, Words } from './elements'
import { Icon } from './icon'

interface CheckProps {
  on: boolean
  label: string
  text?: string
  disabled?: boolean
  onCheck: (on: boolean) => void
}

/** A round checkbox, 22 in 44. */
export function Check({ on, label, text, disabled = false, onCheck }: CheckProps) {
  return (
    <Press
      className="ll-check"
      role="checkbox"
      on={on}
      label={label}
      disabled={disabled}
      onPress={() => onCheck(!on)}
    >
      <Box className={`ll-check-disc ${on ? 'll-check-on' : ''}`}>
        {on && <Icon name="check" size={16} />}
      </Box>
      {text && <Words>{text}</Words>}
    </Press>
  )
}

interface ChoiceProps {
  on: boolean
  title: string
  note?: string
  onChoose: () => void
}

/** A radio row with a line of explanation. */
export function Choice({ on, title, note, onChoose }: ChoiceProps) {
  return (
    <Press
      className={`ll-choice ${on ? 'll-choice-on' : ''}`}
      role="radio"
      on={on}
      label={note ? `${title}，${note}` : title}
      onPress={onChoose}
    >
      <Box className={`ll-choice-ring ${on ? 'll-choice-ring-on' : ''}`} />
      <Box>
        <Box className={on ? 'll-choice-title ll-strong' : 'll-choice-title'}>{title}</Box>
        {note && <Box className="ll-choice-note">{note}</Box>}
      </Box>
    </Press>
  )
}
