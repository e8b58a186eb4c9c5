import { Button } from '../../../components/button'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tag } from '../../../components/tag'
import type { Address } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

/** 收货地址. */
export default function AddressesPage() {
  const member = useCell(memberSession)
  const list = useLoad(member ? `addresses.${member.who.id}` : null, () => api('GET /v1/me/addresses'))
  const add = () => openPage('address')
  return (
    <Screen
      title="收货地址"
      className="addresses"
      bar={
        member && list.data && list.data.items.length > 0 ? (
          <Button size="full" icon="plus" onPress={add}>
            添加地址
          </Button>
        ) : undefined
      }
    >
      <NavBar title="收货地址" />
      {member ? (
        <Gate loaded={list} skeleton={<RowBones count={3} />} safe="地址存在店里的系统，不会丢">
          {({ items }) =>
            items.length === 0 ? (
              <Notice drawing="pin" title="还没有地址" note="现在都是到店自提，地址可以先存着">
                <Button icon="plus" onPress={add}>
                  添加地址
                </Button>
              </Notice>
            ) : (
              items.map((address) => <AddressCard key={address.id} address={address} />)
            )
          }
        </Gate>
      ) : (
        <Notice drawing="pin" title="登录后看地址">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function AddressCard({ address }: { address: Address }) {
  return (
    <Press
      className="addresses-card"
      label={`${address.district}${address.detail}，${address.name}，修改`}
      onPress={() => openPage('address', { id: address.id })}
    >
      <Box className="addresses-words">
        <Box className="ll-tags">
          {address.isDefault && <Tag tone="brand">默认</Tag>}
          {address.tag && <Tag>{address.tag}</Tag>}
          <Words className="ll-quiet">{address.district}</Words>
        </Box>
        <Box className="addresses-detail">{address.detail}</Box>
        <Box className="ll-quiet">
          {address.name}　{address.phone}
        </Box>
      </Box>
      <Icon name="edit" size={20} className="ll-quiet" />
    </Press>
  )
}
