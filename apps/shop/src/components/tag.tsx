import { aisleOf } from '../models/shelf'
import type { Card } from '../models/wire'
import { Box, Words } from './elements'

type Tone = 'brand' | 'leaf' | 'amber' | 'plain' | 'zone'

/** A small word on a tint. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: string }) {
  return <Words className={`ll-tag ll-tag-${tone}`}>{children}</Words>
}

/** The place on the shelf in its zone's colour: the same letter and colour hangs over the aisle. */
export function ShelfTag({ code }: { code: string | null }) {
  if (!code) return null
  return (
    <Box className={`ll-zone-${code[0]} ll-tag-wrap`}>
      <Words className="ll-tag ll-tag-zone" label={`货位 ${code}`}>
        {code}
      </Words>
    </Box>
  )
}

/** What is worth knowing about a product at a glance; at most two, the most pressing first. `local`: the heading says so already. */
export function CardTags({ product, local = false }: { product: Card; local?: boolean }) {
  const aisle = aisleOf(product.shelf)
  const tags: [Tone, string][] = []
  if (product.stock === 'low') tags.push(['amber', `只剩 ${product.available} ${product.unit}`])
  if (product.onlineOnlyPrice) tags.push(['brand', '线上专享'])
  if (product.speciality && !local) tags.push(['leaf', '本地特产'])
  if (aisle) tags.push(['plain', `${aisle} 货架`])
  return (
    <Box className="ll-tags">
      {tags.slice(0, 2).map(([tone, text]) => (
        <Tag key={text} tone={tone}>
          {text}
        </Tag>
      ))}
    </Box>
  )
}
