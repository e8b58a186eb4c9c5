import { Labelled } from '../../components/cells'
import { Field } from '../../components/elements'

interface OwnPasswordProps {
  next: string
  again: string
  fault: string | null
  onChange: (typed: { next: string; again: string }) => void
  onEnter: () => void
}

/** A new password of one's own, typed twice. */
export function OwnPassword({ next, again, fault, onChange, onEnter }: OwnPasswordProps) {
  return (
    <>
      <Labelled label="新密码">
        <Field
          label="新密码"
          kind="password"
          value={next}
          placeholder="至少 10 个字符"
          onValue={(value) => onChange({ next: value, again })}
        />
      </Labelled>
      <Labelled label="再输一遍" fault={fault}>
        <Field
          label="再输一遍"
          kind="password"
          value={again}
          onValue={(value) => onChange({ next, again: value })}
          onEnter={onEnter}
        />
      </Labelled>
    </>
  )
}
