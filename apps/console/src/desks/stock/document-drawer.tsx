import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect } from 'react'

import { api } from '../../api.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { DocumentActions } from './document-actions.tsx'
import {
  aboutWords,
  differenceOf,
  kindWords,
  stateOf,
  verbWord,
  type DocumentLine,
  type StockDocument,
} from './document-model.ts'
import { signed } from './model.ts'

/** One document, kept fresh while it is open. */
export const useDocument = (id: string) =>
  useQuery({
    queryKey: ['stock-document', id],
    queryFn: () => api('GET /console/v1/stock-documents/:documentId', { params: { documentId: id } }),
  })

const columns: Record<StockDocument['kind'], readonly string[]> = {
  RECEIVE: ['件', '到期'],
  WASTE: ['件'],
  COUNT: ['当时账面', '数到', '差'],
  TRANSFER: ['申请', '发出', '收到'],
}

const cellsOf = (kind: StockDocument['kind'], line: DocumentLine): readonly string[] => {
  const or = (count: number | null) => (count === null ? '—' : String(count))
  switch (kind) {
    case 'RECEIVE':
      return [or(line.quantity), line.expiresOn ?? '—']
    case 'WASTE':
      return [or(line.quantity)]
    case 'COUNT':
      return [or(line.onHandThen), or(line.counted), signed(differenceOf(line).delta)]
    case 'TRANSFER':
      return [or(line.quantity), or(line.shipped), or(line.received)]
  }
}

const Lines = ({ document }: { document: StockDocument }) => (
  <table className="plain-table doc-lines">
    <thead>
      <tr>
        <th>商品</th>
        {columns[document.kind].map((word) => (
          <th key={word} className="num">
            {word}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {document.items.map((line) => (
        <tr key={line.lineNo}>
          <td>
            <span className="entry-reason">{line.name}</span>
            <small className="entry-ref">
              {[line.barcode, line.shelf, line.batchNo && `批号 ${line.batchNo}`].filter(Boolean).join(' · ')}
            </small>
          </td>
          {cellsOf(document.kind, line).map((text, i) => (
            <td key={columns[document.kind][i]} className="num strong nowrap">
              {text}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

const Events = ({ document }: { document: StockDocument }) => {
  const now = useNow()
  return (
    <ul className="doc-events small quiet">
      {document.events.map((event) => (
        <li key={event.verb}>
          {verbWord(event.verb)} · {whoWords(event.by)} · {when(event.at, now)}
        </li>
      ))}
    </ul>
  )
}

const Body = ({ document, close }: { document: StockDocument; close: () => void }) => {
  const { word, tone } = stateOf(document)
  return (
    <>
      <header className="doc-head">
        <div>
          <h2>
            {kindWords[document.kind]} {document.no} <StateTag tone={tone}>{word}</StateTag>
          </h2>
          <p className="quiet small">
            {[document.kind !== 'TRANSFER' && document.storeId, aboutWords(document)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={18} />
        </button>
      </header>
      {document.reversedBy && (
        <p className="sum-note small">这张单已经被 {document.reversedBy} 冲回，一件不差。</p>
      )}
      {document.missing > 0 && (
        <p className="sum-note small">
          路上少了 {document.missing} 件：发出的店已经减了，收到的店没有加。查清后，找到的用盘点加回。
        </p>
      )}
      <DocumentActions document={document} />
      <div className="doc-scroll">
        <Lines document={document} />
        <Events document={document} />
      </div>
    </>
  )
}

/** One stock document: its lines, what happened to it, and what can be done next. Pushes; never covers. */
export const DocumentDrawer = ({ id, close }: { id: string; close: () => void }) => {
  const { data, isPending, isError, error, refetch } = useDocument(id)
  useKeys([{ keys: 'Escape', label: '关掉这张单', run: close }])
  useEffect(() => document.getElementById('doc-drawer')?.focus({ preventScroll: true }), [])
  return (
    <aside className="stock-drawer" id="doc-drawer" tabIndex={-1} aria-label="库存单据">
      {isPending && <Bones lines={8} />}
      {isError && <ErrorState title="这张单没取回来" error={error} retry={() => void refetch()} />}
      {data && <Body document={data} close={close} />}
    </aside>
  )
}
