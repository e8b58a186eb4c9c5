import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { myGroupNote, seatWord } from '../../../models/groups'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'

/** 我的拼团: the groups that I sit or sat in, newest first. */
export default function GroupsPage() {
  const owner = useCell(memberSession)?.who.id
  const groups = useLoad(owner ? `groups.${owner}` : null, () =>
    api('GET /v1/groups', { query: { limit: 50 } }),
  )
  return (
    <Screen title="我的拼团" className="groups">
      <NavBar title="我的拼团" />
      {owner ? (
        <Gate loaded={groups} skeleton={<RowBones count={4} />} safe="付的钱和座位都记着，不会丢">
          {({ items }) =>
            items.length === 0 ? (
              <Notice drawing="list" title="还没有参加过拼团" note="商品页上有「拼团」的，就能开团或参团">
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            ) : (
              <Panel>
                {items.map((group) => (
                  <Cell
                    key={group.orderId}
                    title={group.goods?.name ?? '商品'}
                    note={myGroupNote(group, Date.now())}
                    value={<Words>{seatWord(group)}</Words>}
                    onPress={() => openPage('group', { id: group.id })}
                  />
                ))}
              </Panel>
            )
          }
        </Gate>
      ) : (
        <Notice drawing="list" title="登录后看您的拼团">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}
