import { Box, Press } from './elements'

interface TabsProps<K extends string> {
  /** What the choice is about, for who cannot see it. */
  label: string
  /** Each tab with its words, in order. */
  tabs: Readonly<Partial<Record<K, string>>>
  chosen: K
  onChoose: (key: K) => void
  /** `scroll`: as wide as their words, more than fit. `dark`: on the dark head of the floor's pages. */
  look?: 'even' | 'scroll' | 'dark'
  className?: string
}

/** One of several lists. */
export function Tabs<K extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  look = 'even',
  className = '',
}: TabsProps<K>) {
  return (
    <Box className={`ll-tabs ll-tabs-${look} ${className}`} role="tablist" label={label}>
      {(Object.keys(tabs) as K[]).map((key) => (
        <Press
          key={key}
          className={`ll-tab ${key === chosen ? 'll-tab-on' : ''}`}
          role="tab"
          on={key === chosen}
          onPress={() => onChoose(key)}
        >
          {tabs[key]}
        </Press>
      ))}
    </Box>
  )
}
