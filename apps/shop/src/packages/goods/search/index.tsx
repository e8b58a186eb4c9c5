import { useState, type ReactNode } from 'react'
import { Box, Field, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { ProductRows } from '../../../components/product-list'
import { Screen } from '../../../components/screen'
import { Notice } from '../../../components/states'
import { remember } from '../../../models/search-history'
import { api } from '../../../services/api'
import { canScan, scanCode } from '../../../services/device'
import { openCategory } from '../../../services/open-category'
import { useInStore, usePlace } from '../../../services/place'
import { useProductList } from '../../../services/product-list'
import { useParam } from '../../../services/routes'
import { keptCell, useCell } from '../../../services/watch'
import './index.scss'

const history = keptCell<string[]>('ll.searched', [])

/** 搜索: by Chinese, pinyin, initials or barcode. */
export default function SearchPage() {
  const given = useParam('q') ?? ''
  const [typed, setTyped] = useState(given)
  const [asked, setAsked] = useState(given)
  const chosen = usePlace()
  const list = useProductList(asked === '' ? null : { storeId: chosen?.storeId ?? null, q: asked })

  const search = (word: string) => {
    const next = word.trim()
    setTyped(next)
    setAsked(next)
    if (next !== '') history.set(remember(history.get(), next))
  }
  const scan = async () => {
    const code = await scanCode()
    if (code !== null) search(code)
  }
  return (
    <Screen title="搜索" className="search">
      <NavBar>
        <Box className="search-box">
          <Icon name="search" size={18} className="ll-quiet" />
          <Field
            kind="search"
            label="搜索商品"
            placeholder="菜名或拼音首字母"
            value={typed}
            maxLength={40}
            autoFocus={asked === ''}
            onValue={(value) => {
              setTyped(value)
              if (value === '') setAsked('')
            }}
            onEnter={() => search(typed)}
          />
          {canScan && (
            <Press className="search-scan" label="扫条码" onPress={() => void scan()}>
              <Icon name="scan" size={20} />
            </Press>
          )}
        </Box>
        <Press className="search-go" onPress={() => search(typed)}>
          搜索
        </Press>
      </NavBar>
      {asked === '' ? (
        <Before onWord={search} />
      ) : (
        <Box className="search-results">
          {list.loaded && list.total > 0 && (
            <Box as="p" className="search-total">
              {chosen?.name}有 {list.total} 样
            </Box>
          )}
          <ProductRows
            list={list}
            empty={
              <>
                <Nothing word={asked} suggestions={list.suggestions} onWord={search} />
                <ZoneWords />
              </>
            }
          />
        </Box>
      )}
    </Screen>
  )
}

/** Before anything is asked: what this phone searched for, and what neighbours search for. */
function Before({ onWord }: { onWord: (word: string) => void }) {
  const words = useCell(history)
  const hot = useInStore('hot', (storeId) =>
    api('GET /v1/stores/:storeId/search-words', { params: { storeId } }),
  )
  return (
    <Box className="search-before">
      {words.length > 0 && (
        <WordList title="搜过的" words={words} onWord={onWord}>
          <Press className="search-clear" onPress={() => history.set([])}>
            <Icon name="trash" size={16} />
            <Words>清空</Words>
          </Press>
        </WordList>
      )}
      {hot.data && hot.data.hot.length > 0 && (
        <WordList title="大家在搜" words={hot.data.hot} onWord={onWord} />
      )}
      <Box as="p" className="search-tip">
        <Icon name="info" size={18} />
        <Words>打汉字、拼音都行，只打首字母也行：想找苹果，打 pg 就能找到</Words>
      </Box>
      <ZoneWords />
    </Box>
  )
}

/** Somewhere to go without a word: the zones of the shop floor. */
function ZoneWords() {
  const categories = useInStore(
    'categories',
    async (storeId) => (await api('GET /v1/stores/:storeId/categories', { params: { storeId } })).items,
    true,
  )
  if (!categories.data) return null
  return (
    <Box as="section" className="search-words">
      <Box className="search-words-head">
        <Box as="h2" className="ll-strong">
          按分类找
        </Box>
      </Box>
      <Box className="search-zones">
        {categories.data.map(({ id, name, zone, count }) => (
          <Press
            key={id}
            className={`search-zone ll-zone-${zone}`}
            role="link"
            label={`${name}，${count} 样`}
            onPress={() => openCategory(id)}
          >
            <Words className="search-zone-letter">{zone}</Words>
            <Words>{name}</Words>
            <Words className="search-zone-count">{count} 样</Words>
          </Press>
        ))}
      </Box>
    </Box>
  )
}

interface WordListProps {
  title: string
  words: readonly string[]
  onWord: (word: string) => void
  children?: ReactNode
}

function WordList({ title, words, onWord, children }: WordListProps) {
  return (
    <Box as="section" className="search-words">
      <Box className="search-words-head">
        <Box as="h2" className="ll-strong">
          {title}
        </Box>
        {children}
      </Box>
      <Box className="search-words-list">
        {words.map((word) => (
          <Press key={word} className="search-word" label={`搜索${word}`} onPress={() => onWord(word)}>
            {word}
          </Press>
        ))}
      </Box>
    </Box>
  )
}

/** Nothing found: a guess first, then somewhere to go. */
function Nothing({
  word,
  suggestions,
  onWord,
}: {
  word: string
  suggestions: string[]
  onWord: (word: string) => void
}) {
  return (
    <Notice
      drawing="magnifier"
      title={`这家店没有叫「${word}」的商品`}
      note={suggestions.length > 0 ? '您是不是找：' : '换个说法试试，或者按分类找'}
    >
      {suggestions.length > 0 && (
        <Box className="search-words-list">
          {suggestions.map((each) => (
            <Press key={each} className="search-word search-word-guess" onPress={() => onWord(each)}>
              {each}
            </Press>
          ))}
        </Box>
      )}
    </Notice>
  )
}
