import { Box, Words } from '../../../components/elements'
import { Floor } from '../../../components/floor'
import { ShelfTag } from '../../../components/tag'
import { shelfOf, shelfPhrase } from '../../../models/shelf'
import type { Product } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'

/** Where it stands in this store, with the way from the door. */
export function ShelfBlock({ product }: { product: Product }) {
  const shelf = shelfOf(product.shelf)
  const store = useLoad(
    shelf ? `store.${product.storeId}` : null,
    () => api('GET /v1/stores/:storeId', { params: { storeId: product.storeId } }),
    true,
  )
  if (!shelf || !store.data) return null
  const words = shelfPhrase(shelf, product.zone.name)
  return (
    <Box as="section" className="product-block">
      <Box as="h2" className="product-title">
        在店里哪儿
      </Box>
      <Floor
        plan={store.data.floorPlan}
        zones={store.data.zones}
        target={{ kind: 'shelf', zone: shelf.zone, aisle: shelf.aisle }}
        label={`店内地图：从入口到${words}`}
      />
      <Box className="product-shelf">
        <ShelfTag code={shelf.code} />
        <Words>{words}</Words>
      </Box>
    </Box>
  )
}

/** The label: what is in it, what it may do to you, how to keep it. */
export function Facts({ product }: { product: Product }) {
  const { facts } = product
  const rows: [name: string, value: string | null][] = [
    ['产地', facts.origin],
    ['配料', facts.ingredients],
    ['致敏提示', facts.allergens.length > 0 ? `含${facts.allergens.join('、')}` : null],
    ['储存', facts.storage],
    ['保质期', facts.shelfLife],
    ['生产许可', facts.licence],
    ['条码', product.barcode],
  ]
  const shown = rows.filter((row): row is [string, string] => Boolean(row[1]))
  return (
    <Box as="section" className="product-block">
      <Box as="h2" className="product-title">
        {facts.ingredients ? '配料和储存' : facts.origin || facts.storage ? '产地和储存' : '商品说明'}
      </Box>
      {product.description !== '' && (
        <Box as="p" className="product-description">
          {product.description}
        </Box>
      )}
      {shown.map(([name, value]) => (
        <Box key={name} className="product-label">
          <Words className="product-label-name">{name}</Words>
          <Words className={name === '致敏提示' ? 'product-label-warn' : 'product-label-value'}>
            {value}
          </Words>
        </Box>
      ))}
    </Box>
  )
}
