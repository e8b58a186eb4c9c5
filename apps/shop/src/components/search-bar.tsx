import { canScan, scanCode } from '../services/device'
import { openPage } from '../services/routes'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'

interface SearchBarProps {
  hint: string
  /** On the page's own ground instead of on colour. */
  sunk?: boolean
}

/** Leads to 搜索; a camera also reads a bar code from here. */
export function SearchBar({ hint, sunk = false }: SearchBarProps) {
  const scan = async () => {
    const code = await scanCode()
    if (code !== null) openPage('search', { q: code })
  }
  return (
    <Box className={`ll-search ${sunk ? 'll-search-sunk' : ''}`}>
      <Press className="ll-search-words" role="link" label="搜索商品" onPress={() => openPage('search')}>
        <Icon name="search" size={20} />
        <Words className="ll-search-hint">{hint}</Words>
      </Press>
      {canScan && (
        <Press className="ll-search-scan" onPress={() => void scan()}>
          <Icon name="scan" size={20} />
          <Words>扫码</Words>
        </Press>
      )}
    </Box>
  )
}
