import type { ReactNode } from 'react'

interface FieldProps {
  id: string
  label: string
  optional?: boolean
  help?: ReactNode
  fault?: string | undefined
  wide?: boolean
  children: ReactNode
}

/** A labelled field: help below it, which an error replaces. */
export const Field = ({ id, label, optional, help, fault, wide, children }: FieldProps) => (
  <div className={wide ? 'field field-wide' : 'field'}>
    <label htmlFor={id}>
      {label}
      {optional && <small>选填</small>}
    </label>
    {children}
    {(fault ?? help) && (
      <p id={`${id}-help`} className={fault ? 'field-fault' : 'field-help'}>
        {fault ?? help}
      </p>
    )}
  </div>
)
