import { Button } from '../../../components/button'
import type { Product } from '../../../models/wire'
import { useNotices, waitFor } from '../../../services/notices'
import { ensureMember } from '../../../services/sign-in'
import { askToTell, useOffered } from '../../../services/subscribe'
import { say } from '../../../services/toast'

/** In the place of 购买 while this store has none: 到货提醒, and its undoing. */
export function NoticeButton({ product, onHere }: { product: Product; onHere: () => void }) {
  const notices = useNotices()
  // Asked for here, so that the sheet can open in the tap that wants it.
  useOffered('stock.back')
  const waits = notices.data?.some(
    ({ storeId, skuId, dueAt }) => storeId === product.storeId && skuId === product.skuId && dueAt === null,
  )
  const press = async () => {
    if (!(await ensureMember())) return
    const sheet = waits ? null : askToTell('stock.back')
    if (await waitFor(product, !waits)) say(waits ? '不再等它了' : '记下了，到货就在「消息」里告诉您')
    // A refusal may mean that it has just come in.
    else onHere()
    await Promise.all([sheet, notices.reload()])
  }
  return (
    <Button
      className="product-bar-wide"
      look={waits ? 'line' : 'filled'}
      icon="bell"
      busyText="正在记"
      onPress={press}
    >
      {waits ? '在等到货，点一下取消' : '卖完了，到货提醒我'}
    </Button>
  )
}
