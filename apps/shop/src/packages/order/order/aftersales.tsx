import { Cell, Panel } from '../../../components/cells'
import { REASONS, aftersaleWord } from '../../../models/aftersale-words'
import { yuanText } from '../../../models/money'
import type { Order } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage } from '../../../services/routes'

/** What was asked for after paying, and where each request is. Nothing while there is none. */
export function AftersalesBlock({ order }: { order: Order }) {
  const paid = order.payState === 'PAID'
  const asked = useLoad(paid ? `aftersales.${order.id}` : null, () =>
    api('GET /v1/aftersales', { query: { orderId: order.id } }),
  )
  if (!asked.data || asked.data.items.length === 0) return null
  return (
    <Panel title="售后">
      {asked.data.items.map((each) => (
        <Cell
          key={each.id}
          title={
            each.kind === 'exchange'
              ? `换货：${aftersaleWord(each)}`
              : `${aftersaleWord(each)} ${yuanText(each.amountFen)}`
          }
          note={`${each.lines[0]?.name ?? ''}${each.lines.length > 1 ? ` 等 ${each.lines.length} 样` : ''}，${REASONS[each.reason]}`}
          onPress={() => openPage('aftersale', { id: each.id })}
        />
      ))}
    </Panel>
  )
}
