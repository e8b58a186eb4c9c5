import { Button } from '../../../components/button'
import { Box } from '../../../components/elements'
import { GoodsRow } from '../../../components/goods'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePlace } from '../../../services/place'
import { openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

/** 收藏, with the price and stock of the store that is open. */
export default function FavouritesPage() {
  const member = useCell(memberSession)
  const chosen = usePlace()
  const list = useLoad(member && chosen ? `favourites.${member.who.id}.${chosen.storeId}` : null, () =>
    api('GET /v1/me/favourites', { query: { storeId: chosen?.storeId ?? '' } }),
  )
  return (
    <Screen title="我的收藏">
      <NavBar title="我的收藏" />
      {member ? (
        <Gate loaded={list} skeleton={<RowBones />} safe="收藏都在，不会丢">
          {({ items }) =>
            items.length === 0 ? (
              <Notice drawing="heart" title="还没有收藏" note="在商品页点「收藏」，下次好找">
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            ) : (
              <Box as="ul" className="favourites-list">
                {items.map((product) => (
                  <GoodsRow key={product.id} product={product} />
                ))}
              </Box>
            )
          }
        </Gate>
      ) : (
        <Notice drawing="heart" title="登录后看收藏">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}
