import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Pencil } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { takenWords, type Version } from './model.ts'
import type { useSendTerms } from './send.ts'
import './terms.css'

export interface NumberField<Key extends string> {
  key: Key
  label: string
  /** The unit. */
  suffix: string
  help?: string
}
interface NumberFieldsProps<Key extends string> {
  /** Begins the id of each field. */
  id: string
  fields: readonly NumberField<Key>[]
  form: Record<Key, string>
  change: (part: Partial<Record<Key, string>>) => void
}
/** Numbers with their units, as they were typed. */
export const NumberFields = <Key extends string>({ id, fields, form, change }: NumberFieldsProps<Key>) =>
  fields.map(({ key, label, suffix, help }) => (
    <Field key={key} id={`${id}-${key}`} label={label} help={help}>
      <Input
        id={`${id}-${key}`}
        value={form[key]}
        maxLength={10}
        suffix={suffix}
        onChange={(event) => change({ [key]: event.target.value } as Partial<Record<Key, string>>)}
      />
    </Field>
  ))

interface SinceFieldProps {
  id: string
  /** An instant; empty: now. */
  since: string
  change: (part: { since: string }) => void
}
export const SinceField = ({ id, since, change }: SinceFieldProps) => (
  <Field id={id} label="从什么时候起" help="不选就是现在">
    <DatePicker
      id={id}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      placeholder="现在"
      minDate={dayjs()}
      value={since ? dayjs(since) : null}
      onChange={(at) => change({ since: at?.toISOString() ?? '' })}
    />
  </Field>
)

/** What the version that is being written will say; what is wrong with it until then. */
export const WillSay = ({ sentences }: { sentences: readonly string[] | string | undefined }) => (
  <div className="side-words">
    <h3>新规则会这样说</h3>
    <ol className="terms-sentences">
      {typeof sentences === 'string'
        ? sentences
        : sentences?.map((sentence) => <li key={sentence}>{sentence}</li>)}
    </ol>
  </div>
)

interface TermsFormProps<Form, Body, Row> {
  begin: () => Form
  /** The terms as the server takes them; undefined while something is wrong. */
  read: (form: Form) => Body | undefined
  useSend: (done: (row: Row) => void) => ReturnType<typeof useSendTerms<Body, Row>>
  close: () => void
}
/** A version as it is being written, and the way to send it. */
export function useTermsForm<Form, Body, Row extends Pick<Version, 'since'>>({
  begin,
  read,
  useSend,
  close,
}: TermsFormProps<Form, Body, Row>) {
  const [form, setForm] = useState(begin)
  const notice = useNotice()
  const sending = useSend((row) => {
    notice.success(takenWords(row, Date.now()))
    close()
  })
  const change = (part: Partial<Form>) => {
    sending.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const body = read(form)
  const { error, isPending: busy } = sending
  const send = body && (() => sending.mutate(body))
  return { form, change, body, sending: { error, busy, send } }
}

interface TermsPanelProps {
  title: string
  sending: { error: unknown; busy: boolean; send: (() => void) | undefined }
  /** It begins at a moment of its own. */
  later?: boolean
  /** Stands right above the button. */
  worth?: ReactNode
  /** What stays as it was. */
  note: string
  close: () => void
  children: ReactNode
}
/** A version of terms beside the page: its fields, what it will say, and the button that lets it begin. */
export const TermsPanel = ({ title, sending, later, worth, note, close, children }: TermsPanelProps) => (
  <SidePanel title={title} icon={Pencil} close={close}>
    {children}
    <footer className="terms-foot">
      <Refusal error={sending.error} />
      {worth}
      <Button
        type="primary"
        size="large"
        block
        disabled={!sending.send}
        loading={sending.busy}
        onClick={sending.send}
      >
        {later ? '到点换成这一版' : '现在换成这一版'}
      </Button>
      <p className="quiet small">{note}</p>
    </footer>
  </SidePanel>
)
