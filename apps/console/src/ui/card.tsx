import type { ReactNode } from 'react'

interface CardProps {
  title?: ReactNode
  note?: ReactNode
  /** Sits at the right end of the card's head. */
  extra?: ReactNode
  className?: string
  children: ReactNode
}

/** White paper with a warm hairline round it. */
export const Card = ({ title, note, extra, className = '', children }: CardProps) => (
  <section className={`card ${className}`}>
    {title !== undefined && (
      <header className="card-head">
        <h2>{title}</h2>
        {note && <span className="quiet small">{note}</span>}
        {extra && <div className="card-extra">{extra}</div>}
      </header>
    )}
    {children}
  </section>
)
