import { Input } from 'antd'

interface ReasonFieldProps {
  id: string
  label: string
  placeholder: string
  usual: readonly string[]
  value: string
  change: (value: string) => void
}

/** Why something is done: the usual reasons at one press, or a line of one's own. */
export const ReasonField = ({ id, label, placeholder, usual, value, change }: ReasonFieldProps) => (
  <>
    <label htmlFor={id}>{label}</label>
    <div className="reason-chips">
      {usual.map((each) => (
        <button
          key={each}
          type="button"
          className={each === value ? 'chip chip-on' : 'chip'}
          aria-pressed={each === value}
          onClick={() => change(each)}
        >
          {each}
        </button>
      ))}
    </div>
    <Input.TextArea
      id={id}
      value={value}
      maxLength={60}
      rows={2}
      placeholder={placeholder}
      onChange={(event) => change(event.target.value.replaceAll('\n', ' '))}
    />
  </>
)

/** What happens when the button is pressed, in order. */
export const Steps = ({ steps }: { steps: readonly string[] }) => (
  <>
    <h3>点下去会发生</h3>
    <ol>
      {steps.map((step, index) => (
        <li key={step}>
          {index + 1} {step}
        </li>
      ))}
    </ol>
  </>
)
