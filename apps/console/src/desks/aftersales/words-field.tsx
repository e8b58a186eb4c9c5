import { Input } from 'antd'

interface WordsFieldProps {
  id: string
  label: string
  usual: readonly string[]
  placeholder: string
  value: string
  change: (value: string) => void
}

/** What the shopper will read: a usual sentence at one press, or one's own. */
export const WordsField = ({ id, label, usual, placeholder, value, change }: WordsFieldProps) => (
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
      maxLength={120}
      rows={3}
      placeholder={placeholder}
      onChange={(event) => change(event.target.value.replaceAll('\n', ' '))}
    />
  </>
)
