import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { api } from '../api.ts'
import { Label } from '../ui/state-tag.tsx'
import { ErrorState } from '../ui/states.tsx'
import { guessKind, guessWords, searchWord } from './guess.ts'
import { useScope } from './scope.ts'
import { FoundList } from './search-list.tsx'
import { SearchPreview, type Found } from './search-preview.tsx'

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

const useOpenRow = (close: () => void) => {
  const { go, path } = useScope()
  return (row: Found, newTab: boolean) => {
    if (newTab) {
      window.open(import.meta.env.BASE_URL.replace(/\/$/, '') + path(pathOf(row)), '_blank')
      return
    }
    go(pathOf(row))
    close()
  }
}

const Nothing = ({ word, busy }: { word: string; busy: boolean }) => (
  <p className="search-none quiet">
    {!word && '输几个字就开始找。13 位当条码，4 位当手机尾号，L02-3-2 这样的当货位。'}
    {word && (busy ? '正在找…' : `没有和「${word}」对得上的订单或商品。`)}
  </p>
)

const Foot = () => (
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
)

const Field = ({ typed, change }: { typed: string; change: (typed: string) => void }) => {
  const guess = guessWords[guessKind(typed)]
  return (
    <header>
      <Search size={18} aria-hidden="true" />
      <input
        autoFocus
        value={typed}
        maxLength={40}
        placeholder="订单号、手机尾号、条码、商品、货位"
        aria-label="搜什么"
        aria-controls="search-found"
        onChange={(event) => change(event.target.value)}
      />
      {typed && guess && <Label tone="slate">{guess}</Label>}
    </header>
  )
}

const Body = ({ close }: { close: () => void }) => {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const word = useDeferredValue(searchWord(typed))
  const { found, rows } = useFound(word)
  const open = useOpenRow(close)
  const here = rows[Math.min(at, rows.length - 1)]
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(rows.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter' && here) open(here, event.metaKey || event.ctrlKey)
    else return
    event.preventDefault()
  }
  const change = (next: string) => {
    setTyped(next)
    setAt(0)
  }
  const failed = word !== '' && found.error
  return (
    <div className="search-body" onKeyDown={pressed}>
      <Field typed={typed} change={change} />
      <div className="search-columns">
        <div className="search-list" id="search-found" role="listbox" aria-label="搜到的">
          {failed && <ErrorState title="没搜成" error={found.error} retry={() => void found.refetch()} />}
          {!failed && (
            <FoundList
              rows={rows}
              here={here}
              word={word}
              open={open}
              pick={(row) => setAt(rows.indexOf(row))}
            />
          )}
          {!failed && rows.length === 0 && <Nothing word={word} busy={found.isFetching} />}
        </div>
        <SearchPreview row={here} />
      </div>
      <Foot />
    </div>
  )
}

/** Search across desks: guesses the kind, walks by arrow keys, previews at the right. */
export const SearchPanel = ({ open, close }: { open: boolean; close: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="search-panel"
      aria-label="搜索"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {open && <Body close={close} />}
    </dialog>
  )
}
