import { Input } from 'antd'

interface WordsFieldProps {
  id: string
  label: string
  placeholder: string
  usual: readonly string[]
  most: number
  value: string
  change: (value: string) => void
}

/** Words for the record or the shopper: the usual ones at one press, or one's own, at `most` letters. */
export const WordsField = ({ id, label, placeholder, usual, most, value, change }: WordsFieldProps) => (
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
      maxLength={most}
      rows={most > 60 ? 3 : 2}
      placeholder={placeholder}
      onChange={(event) => change(event.target.value.replaceAll('\n', ' '))}
    />
  </>
)
