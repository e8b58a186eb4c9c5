import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { boxStanding } from '../../../models/boxes'
import { yuanText } from '../../../models/money'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { useInStore } from '../../../services/place'
import { openPage, openTab } from '../../../services/routes'
import { useCell } from '../../../services/watch'

/** 周期购: what this store offers every week, and what I subscribed to. */
export default function BoxesPage() {
  const owner = useCell(memberSession)?.who.id
  const running = useInStore('boxes', (storeId) =>
    api('GET /v1/stores/:storeId/campaigns', { params: { storeId }, query: { kind: 'box' } }),
  )
  const mine = useLoad(owner ? `my-boxes.${owner}` : null, () => api('GET /v1/boxes'))
  const boxes = mine.data?.items ?? []
  return (
    <Screen title="周期购" className="boxes">
      <NavBar title="周期购" />
      {owner && (
        <Gate loaded={mine} skeleton={<RowBones count={2} />} safe="订好的都还在">
          {({ items }) =>
            items.length > 0 && (
              <Panel title="我的周期购">
                {items.map((box) => {
                  const { title, note } = boxStanding(box)
                  return (
                    <Cell
                      key={box.id}
                      icon="box"
                      title={`${box.name} · ${title}`}
                      note={note}
                      onPress={() => openPage('box', { id: box.id })}
                    />
                  )
                })}
              </Panel>
            )
          }
        </Gate>
      )}
      <Gate loaded={running} skeleton={<RowBones count={2} />} safe="订好的都还在">
        {({ items }) =>
          items.length > 0 ? (
            <Panel title="本店每周有">
              {items.map((campaign) => (
                <Cell
                  key={campaign.id}
                  icon="calendar"
                  title={campaign.name}
                  note={campaign.items[0] ? `每份 ${yuanText(campaign.items[0].priceFen)}，下单后再付` : ''}
                  onPress={() => openPage('boxOffer', { id: campaign.id, store: campaign.storeId })}
                />
              ))}
            </Panel>
          ) : (
            boxes.length === 0 && (
              <Notice drawing="box" title="这家店现在没有周期购" note="有了新的，会出现在这里">
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            )
          )
        }
      </Gate>
    </Screen>
  )
}
