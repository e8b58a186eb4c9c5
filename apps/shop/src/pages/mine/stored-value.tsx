import { Cell, Panel } from '../../components/cells'
import { yuanText } from '../../models/money'
import { api, memberSession } from '../../services/api'
import { useLoad } from '../../services/load'
import { openPage } from '../../services/routes'
import { useCell } from '../../services/watch'

/** 储值余额: for members of a chain that takes it, and for whoever still has some. */
export function StoredValue() {
  const owner = useCell(memberSession)?.who.id
  const { data } = useLoad(owner ? `stored.${owner}` : null, () => api('GET /v1/stored-value'))
  if (!data || (!data.open && data.availableFen + data.heldFen === 0)) return null
  return (
    <Panel className="mine-cells">
      <Cell
        icon="wallet"
        title="储值余额"
        note={data.open ? '到店充值，下单时能用' : '现在只能到店退'}
        value={yuanText(data.availableFen)}
        onPress={() => openPage('storedValue')}
      />
    </Panel>
  )
}
