import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { api } from '../api.ts'
import { stateTag } from '../desks/orders/model.ts'
import { Money } from '../ui/money.tsx'
import { Label, StateTag } from '../ui/state-tag.tsx'
import { ErrorState } from '../ui/states.tsx'
import { when } from '../ui/time.ts'
import { guessKind, guessWords, markMatch, searchWord } from './guess.ts'
import { useScope } from './scope.ts'
import { SearchPreview, type Found } from './search-preview.tsx'

const Marked = ({ text, word }: { text: string; word: string }) => {
  const [before, match, after] = markMatch(text, word)
  return (
    <>
      {before}
      {match && <mark>{match}</mark>}
      {after}
    </>
  )
}

const useFound = (word: string) => {
  const found = useQuery({
    queryKey: ['search', word],
    queryFn: () => api('GET /console/v1/search', { query: { q: word } }),
    enabled: word.length > 0,
    placeholderData: (before) => before,
    staleTime: 5_000,
  })
  const rows: Found[] = [
    ...(found.data?.orders ?? []).map((order) => ({ kind: 'order' as const, order })),
    ...(found.data?.products ?? []).map((product) => ({ kind: 'product' as const, product })),
  ]
  return { found, rows: word ? rows : [] }
}

const pathOf = (row: Found): string =>
  row.kind === 'order' ? `/orders/${row.order.id}` : `/goods/${row.product.id}`

/** Search across desks: guesses the kind, walks by arrow keys, previews at the right. */
export const SearchPanel = ({ open, close }: { open: boolean; close: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const word = useDeferredValue(searchWord(typed))
  const { found, rows } = useFound(word)
  const { go, path } = useScope()
  const here = rows[Math.min(at, rows.length - 1)]

  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])

  const openRow = (row: Found, newTab: boolean) => {
    if (newTab) window.open(import.meta.env.BASE_URL.replace(/\/$/, '') + path(pathOf(row)), '_blank')
    else {
      go(pathOf(row))
      close()
    }
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(rows.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter' && here) openRow(here, event.metaKey || event.ctrlKey)
    else return
    event.preventDefault()
  }
  const guess = guessWords[guessKind(typed)]

  return (
    <dialog
      ref={dialog}
      className="search-panel"
      aria-label="搜索"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="search-body" onKeyDown={pressed}>
        <header>
          <Search size={18} aria-hidden="true" />
          <input
            autoFocus
            value={typed}
            maxLength={40}
            placeholder="订单号、手机尾号、条码、商品、货位"
            aria-label="搜什么"
            aria-controls="search-found"
            onChange={(event) => {
              setTyped(event.target.value)
              setAt(0)
            }}
          />
          {typed && guess && <Label tone="slate">{guess}</Label>}
        </header>
        <div className="search-columns">
          <div className="search-list" id="search-found" role="listbox" aria-label="搜到的">
            {found.error && word ? (
              <ErrorState title="没搜成" error={found.error} retry={() => void found.refetch()} />
            ) : (
              <FoundList
                rows={rows}
                here={here}
                word={word}
                open={openRow}
                pick={(row) => setAt(rows.indexOf(row))}
              />
            )}
            {!found.error && rows.length === 0 && (
              <p className="search-none quiet">
                {!word && '输几个字就开始找。13 位当条码，4 位当手机尾号，L02-3-2 这样的当货位。'}
                {word && found.isFetching && '正在找…'}
                {word && !found.isFetching && `没有和「${word}」对得上的订单或商品。`}
              </p>
            )}
          </div>
          <SearchPreview row={here} />
        </div>
        <footer className="quiet small">
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> 选
          </span>
          <span>
            <kbd>↵</kbd> 打开
          </span>
          <span>
            <kbd>⌘</kbd> <kbd>↵</kbd> 新标签打开
          </span>
          <span>
            <kbd>Esc</kbd> 关
          </span>
        </footer>
      </div>
    </dialog>
  )
}

interface FoundListProps {
  rows: readonly Found[]
  here: Found | undefined
  word: string
  open: (row: Found, newTab: boolean) => void
  pick: (row: Found) => void
}

const FoundList = ({ rows, here, word, open, pick }: FoundListProps) => {
  const orders = rows.filter((row) => row.kind === 'order')
  const products = rows.filter((row) => row.kind === 'product')
  return (
    <>
      {orders.length > 0 && <h3>订单 {orders.length}</h3>}
      {orders.map((row) => (
        <FoundRow
          key={row.order.id}
          here={row === here}
          open={(newTab) => open(row, newTab)}
          pick={() => pick(row)}
        >
          <span>
            <b>
              <Marked text={row.order.no} word={word} />
            </b>
            <small>
              {row.order.storeId} · {when(row.order.placedAt, Date.now())}
            </small>
          </span>
          <StateTag tone={stateTag(row.order.state).tone}>{stateTag(row.order.state).word}</StateTag>
          <Money fen={row.order.totalFen} />
        </FoundRow>
      ))}
      {products.length > 0 && <h3>商品 {products.length}</h3>}
      {products.map((row) => (
        <FoundRow
          key={row.product.id}
          here={row === here}
          open={(newTab) => open(row, newTab)}
          pick={() => pick(row)}
        >
          <span>
            <b>
              <Marked text={row.product.name} word={word} />
            </b>
            <small>
              <Marked text={row.product.barcode} word={word} /> · 一{row.product.unit}
            </small>
          </span>
        </FoundRow>
      ))}
    </>
  )
}

interface FoundRowProps {
  here: boolean
  open: (newTab: boolean) => void
  pick: () => void
  children: React.ReactNode
}

const FoundRow = ({ here, open, pick, children }: FoundRowProps) => (
  <button
    type="button"
    role="option"
    aria-selected={here}
    tabIndex={-1}
    className={here ? 'bare found found-here' : 'bare found'}
    onMouseEnter={pick}
    onClick={(event) => open(event.metaKey || event.ctrlKey)}
  >
    {children}
  </button>
)
