import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { FRIEND_KINDS, shortText, standing } from '../../../models/rallies'
import type { RallyShort } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { usePaged } from '../../../services/paged'
import { useInStore } from '../../../services/place'
import { openPage, openTab } from '../../../services/routes'
import { useCell } from '../../../services/watch'

/** 砍价和助力: what runs in this store, and what I have begun. */
export default function RalliesPage() {
  const owner = useCell(memberSession)?.who.id
  const running = useInStore('friends', (storeId) =>
    api('GET /v1/stores/:storeId/campaigns', { params: { storeId }, query: {} }),
  )
  const { list, more } = usePaged(owner ? `rallies.${owner}` : null, (cursor) =>
    api('GET /v1/rallies', { query: cursor === undefined ? {} : { cursor } }),
  )
  const campaigns = running.data?.items.filter(({ kind }) => FRIEND_KINDS.includes(kind)) ?? []
  const mine = list.data?.items ?? []
  return (
    <Screen title="砍价和助力" className="friends">
      <NavBar title="砍价和助力" />
      <Gate loaded={running} skeleton={<RowBones count={3} />} safe="发起过的都还在">
        {() =>
          campaigns.length > 0 ? (
            <Panel title="本店正在进行">
              {campaigns.map((campaign) => (
                <Cell
                  key={campaign.id}
                  icon={campaign.kind === 'bargain' ? 'users' : 'coupon'}
                  title={campaign.items[0]?.name ?? campaign.name}
                  note={shortText(campaign)}
                  onPress={() => openPage('friendsCampaign', { id: campaign.id, store: campaign.storeId })}
                />
              ))}
            </Panel>
          ) : (
            mine.length === 0 && (
              <Notice drawing="list" title="本店现在没有砍价和助力" note="有了新的，会出现在这里">
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            )
          )
        }
      </Gate>
      {owner && (
        <Gate loaded={list} skeleton={<RowBones count={2} />} safe="发起过的都还在">
          {({ nextCursor }) =>
            mine.length > 0 && (
              <Panel title="我发起的">
                {mine.map((rally) => (
                  <Row key={rally.id} rally={rally} />
                ))}
                {nextCursor && (
                  <Button look="line" size="full" busyText="正在读" onPress={more}>
                    看更早的
                  </Button>
                )}
              </Panel>
            )
          }
        </Gate>
      )}
    </Screen>
  )
}

function Row({ rally }: { rally: RallyShort }) {
  const { title, note } = standing(rally)
  return (
    <Cell
      icon={rally.kind === 'bargain' ? 'users' : 'coupon'}
      title={`${rally.goods?.name ?? rally.name} · ${title}`}
      note={note}
      onPress={() => openPage('rally', { id: rally.id })}
    />
  )
}
