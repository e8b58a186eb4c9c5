import { ChevronLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'

interface PageHeadProps {
  title: string
  /** Drawn instead of the title when it needs more than text. */
  heading?: ReactNode
  /** Small words after the title: a count, the rule the page follows. */
  note?: ReactNode
  tags?: ReactNode
  /** Where the back arrow leads; without it there is none. */
  back?: { to: string; label: string }
  children?: ReactNode
}

/** The first row of every desk: title, tags, freshness, and the actions at the right. Also names the browser tab. */
export const PageHead = ({ title, heading, note, tags, back, children }: PageHeadProps) => {
  useEffect(() => {
    document.title = `${title} · 邻里`
  }, [title])
  return (
    <header className="page-head">
      {back && (
        <Link className="page-back" to={back.to} aria-label={back.label} title={back.label}>
          <ChevronLeft size={18} aria-hidden="true" />
        </Link>
      )}
      <h1>{heading ?? title}</h1>
      {tags && <div className="page-tags">{tags}</div>}
      {note && <div className="page-note">{note}</div>}
      <div className="page-actions">{children}</div>
    </header>
  )
}
