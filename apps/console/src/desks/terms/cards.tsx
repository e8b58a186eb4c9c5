import type { ReactNode } from 'react'

import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { standingOf, type Version } from './model.ts'
import './terms.css'

interface TermsNowProps {
  title: string
  terms: Version
  children: ReactNode
}
/** The version that holds: since when, by whom, and whether it is on. */
export const TermsNow = ({ title, terms, children }: TermsNowProps) => (
  <Card
    title={title}
    note={`${when(terms.since, useNow())} 起 · ${whoWords(terms.by)} 定`}
    extra={<StateTag tone={terms.active ? 'done' : 'over'}>{terms.active ? '开着' : '关着'}</StateTag>}
  >
    {children}
  </Card>
)

interface SentencesProps {
  terms: Version
  /** So many of them, from the first, are what people ask for. */
  leading?: number
  children: readonly string[]
}
/** What the version that holds says; grey while it is off. */
export const Sentences = ({ terms, leading = 0, children }: SentencesProps) => (
  <ol className={terms.active ? 'terms-sentences' : 'terms-sentences quiet'}>
    {children.map((sentence, i) => (
      <li key={sentence} className={i < leading ? 'terms-leading' : undefined}>
        {sentence}
      </li>
    ))}
  </ol>
)

export interface Figure<Row> {
  title: string
  num?: boolean
  cell: (row: Row) => ReactNode
}
interface HistoryProps<Row> {
  rows: readonly Row[]
  nowId: string | null
  figures: readonly Figure<Row>[]
  /** Stands for the figures of a version that switched all off. */
  off: string
}
/** Every version there was and will be: rows are only added. */
export const TermsHistory = <Row extends Version>({ rows, nowId, figures, off }: HistoryProps<Row>) => {
  const now = useNow()
  return (
    <Card title="每一版" note="只加不改，谁在什么时候定的都在这里">
      <table className="plain-table">
        <thead>
          <tr>
            <th>从</th>
            {figures.map(({ title, num }) => (
              <th key={title} className={num ? 'num' : undefined}>
                {title}
              </th>
            ))}
            <th>谁定的</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { word, tone } = standingOf(row, nowId, now)
            return (
              <tr key={row.id}>
                <td className="nowrap">{when(row.since, now)}</td>
                {row.active ? (
                  figures.map(({ title, num, cell }) => (
                    <td key={title} className={num ? 'num nowrap' : undefined}>
                      {cell(row)}
                    </td>
                  ))
                ) : (
                  <td colSpan={figures.length} className="quiet">
                    {off}
                  </td>
                )}
                <td className="quiet">{whoWords(row.by)}</td>
                <td>
                  <StateTag tone={tone}>{word}</StateTag>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}
