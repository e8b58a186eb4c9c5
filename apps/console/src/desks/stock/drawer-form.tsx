import { Button } from 'antd'
import type { ReactNode } from 'react'

import { Refusal } from '../../ui/states.tsx'

interface DrawerFormProps {
  /** What the button says; it repeats what will be done. */
  action: string
  ready: boolean
  busy: boolean
  error: unknown
  /** What it will come to, or why it cannot be done yet. */
  outcome: ReactNode
  submit: () => void
  close: () => void
  children: ReactNode
}

/** A small form inside the drawer: fields, what it will come to, the button, and the way out. */
export const DrawerForm = ({
  action,
  ready,
  busy,
  error,
  outcome,
  submit,
  close,
  children,
}: DrawerFormProps) => (
  <form
    className="drawer-form"
    onSubmit={(event) => {
      event.preventDefault()
      if (ready) submit()
    }}
  >
    {children}
    <p className="drawer-outcome">{outcome}</p>
    <Refusal error={error} />
    <div className="drawer-actions">
      <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
        {action}
      </Button>
      <Button onClick={close}>不改了</Button>
    </div>
  </form>
)
