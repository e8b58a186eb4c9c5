import { useReachBottom } from '@tarojs/taro'
import type { ReactNode } from 'react'
import type { ProductList } from '../services/product-list'
import { Button } from './button'
import { Box } from './elements'
import { GoodsRow } from './goods'
import { Notice, RowBones, troubleDrawing } from './states'

interface ProductRowsProps {
  list: ProductList
  onlyInStock?: boolean
  /** What to say when there is nothing. */
  empty: ReactNode
}

/** Rows of products with paging, and the states of a list. */
export function ProductRows({ list, onlyInStock = false, empty }: ProductRowsProps) {
  useReachBottom(() => void list.more())
  if (!list.loaded)
    return list.trouble ? (
      <Notice drawing={troubleDrawing(list.trouble)} title={list.trouble.text} note="购物车里的东西都在">
        <Button icon="refresh" busyText="正在重试" onPress={list.reload}>
          再试一次
        </Button>
      </Notice>
    ) : (
      <Box className="ll-late" role="status" label="正在加载">
        <RowBones />
      </Box>
    )
  const shown = onlyInStock ? list.items.filter((product) => product.stock !== 'sold_out') : list.items
  if (shown.length === 0 && !list.hasMore) return empty
  return (
    <>
      <Box as="ul">
        {shown.map((product) => (
          <GoodsRow key={product.id} product={product} />
        ))}
      </Box>
      <Box className="ll-list-end">
        {list.hasMore ? (
          <Button look="line" size="small" busyText="正在取" onPress={list.more}>
            再看一些
          </Button>
        ) : (
          `就这 ${shown.length} 样`
        )}
      </Box>
    </>
  )
}
