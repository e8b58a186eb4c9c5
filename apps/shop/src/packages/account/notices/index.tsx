import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tag } from '../../../components/tag'
import { momentOf } from '../../../models/times'
import type { RestockNotice } from '../../../models/wire'
import { memberSession } from '../../../services/api'
import { useNotices, waitFor } from '../../../services/notices'
import { moveTo, useStores } from '../../../services/place'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

/** 到货提醒: what has come in, and what is still waited for, in whichever store. */
export default function NoticesPage() {
  const member = useCell(memberSession)
  const notices = useNotices()
  const stores = useStores()
  const nameOf = (storeId: string) => stores.data?.find(({ id }) => id === storeId)?.name ?? storeId
  return (
    <Screen title="到货提醒">
      <NavBar title="到货提醒" />
      {member ? (
        <Gate loaded={notices} skeleton={<RowBones />} safe="您等的商品都记着，不会丢">
          {(items) =>
            items.length === 0 ? (
              <Notice
                drawing="box"
                title="没有在等的商品"
                note="卖完的商品点「到货提醒我」，到货就出现在这里"
              >
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            ) : (
              <Panel>
                <Box as="ul">
                  {items.map((each) => (
                    <Row
                      key={`${each.storeId}.${each.skuId}`}
                      notice={each}
                      storeName={nameOf(each.storeId)}
                      onGone={notices.reload}
                    />
                  ))}
                </Box>
              </Panel>
            )
          }
        </Gate>
      ) : (
        <Notice drawing="box" title="登录后看在等的商品">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

interface RowProps {
  notice: RestockNotice
  storeName: string
  onGone: () => Promise<void>
}

function Row({ notice, storeName, onGone }: RowProps) {
  const back = notice.dueAt !== null
  const here = notice.available > 0
  const open = () => {
    moveTo({ id: notice.storeId, name: storeName })
    openPage('product', { id: notice.productId })
  }
  const drop = async () => {
    if (await waitFor(notice, false)) await onGone()
  }
  return (
    <Box as="li" className="notice-row">
      <Press className="notice-words" onPress={open}>
        <Box>
          {notice.name}
          {back && <Tag tone={here ? 'leaf' : 'plain'}>{here ? '到货了' : '到过货，又卖完了'}</Tag>}
        </Box>
        <Words className="ll-quiet notice-note">
          {storeName} ·{' '}
          {back
            ? `${momentOf(notice.dueAt ?? '', Date.now())} 到货${here ? `，还剩 ${notice.available}` : ''}`
            : `${momentOf(notice.askedAt, Date.now())} 起在等`}
        </Words>
      </Press>
      {here ? (
        <Button look="soft" size="small" onPress={open}>
          去买
        </Button>
      ) : (
        <Button look="line" size="small" label={`不等${notice.name}了`} busyText="正在取消" onPress={drop}>
          不等了
        </Button>
      )}
    </Box>
  )
}
