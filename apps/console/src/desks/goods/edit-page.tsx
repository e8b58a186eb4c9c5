import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Editor } from './editor.tsx'
import './goods.css'
import './edit.css'

/** 商品 · edit: fetches the product, then hands it to the editor, which keeps what is typed. */
export default function EditPage() {
  const { productId = '' } = useParams()
  const { path } = useScope()
  const product = useQuery({
    queryKey: ['product', productId],
    queryFn: () => api('GET /console/v1/products/:productId', { params: { productId } }),
    // While someone is typing, a background refresh would only raise the question whose copy wins.
    refetchOnWindowFocus: false,
  })
  if (product.data) return <Editor key={product.data.id} product={product.data} />
  return (
    <>
      <PageHead title="商品" back={{ to: path('/goods'), label: '回商品列表' }} />
      <Card>
        {product.isPending ? (
          <Bones lines={9} />
        ) : (
          <ErrorState title="这个商品没取回来" error={product.error} retry={() => void product.refetch()} />
        )}
      </Card>
    </>
  )
}
