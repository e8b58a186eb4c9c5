import { useState } from 'react'
import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { Stepper } from '../../../components/stepper'
import { boxStanding, weekAct, weekNote, weekTitle } from '../../../models/boxes'
import type { BoxWeek, Subscription } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { GoodsHead } from '../parts'

/** Sends one wish about a box, shows what came of it, and says why not. */
type Send = (wish: () => Promise<Subscription>, done: string) => Promise<void>

/** One subscription: its weeks, each with what can be done about it, and the whole of it paused, moved or ended. */
export default function BoxPage() {
  const boxId = useParam('id') ?? ''
  const owner = useCell(memberSession)?.who.id
  const loaded = useLoad(`box.${owner ?? ''}.${boxId}`, () =>
    api('GET /v1/boxes/:boxId', { params: { boxId } }),
  )
  const send: Send = async (wish, done) => {
    try {
      loaded.put(await wish())
      say(done)
    } catch (error) {
      say(troubleFrom(error).text)
      await loaded.reload()
    }
  }
  const title = loaded.data?.name ?? '周期购'
  return (
    <Screen title={title} className="boxes">
      <NavBar title={title} />
      <Gate loaded={loaded} skeleton={<RowBones count={4} />} safe="订好的都还在">
        {(box) => <Whole box={box} send={send} />}
      </Gate>
    </Screen>
  )
}

function Whole({ box, send }: { box: Subscription; send: Send }) {
  const { title, note } = boxStanding(box)
  return (
    <>
      {box.goods && <GoodsHead goods={box.goods} note={`${title}，${note}`} />}
      {!box.goods && <Panel title={title}>{note}</Panel>}
      {box.weeks.length > 0 && (
        <Panel title="每一周">
          <Box as="ul">
            {box.weeks.map((week) => (
              <Week key={week.week} week={week} box={box} send={send} />
            ))}
          </Box>
        </Panel>
      )}
      {box.state !== 'ENDED' && <Changes box={box} send={send} />}
      <Acts box={box} send={send} />
    </>
  )
}

function Week({ week, box, send }: { week: BoxWeek; box: Subscription; send: Send }) {
  const title = weekTitle(week)
  const params = { boxId: box.id, week: week.week }
  const act = weekAct(week, box)
  return (
    <Box as="li" className="boxes-week">
      <Box className="boxes-week-words">
        <Box className="ll-strong">{title}</Box>
        <Box className="ll-quiet">{weekNote(week, box)}</Box>
      </Box>
      {act === 'skip' && (
        <Button
          look="line"
          size="small"
          label={`跳过 ${title}`}
          busyText="正在跳过"
          onPress={() => send(() => api('PUT /v1/boxes/:boxId/skips/:week', { params }), '这一周不要了')}
        >
          跳过
        </Button>
      )}
      {act === 'unskip' && (
        <Button
          look="line"
          size="small"
          label={`还是要 ${title}`}
          busyText="正在恢复"
          onPress={() => send(() => api('DELETE /v1/boxes/:boxId/skips/:week', { params }), '这一周照常')}
        >
          还是要
        </Button>
      )}
      {act === 'pay' && (
        <Button
          size="small"
          label={`付款 ${title}`}
          onPress={() => openPage('pay', { id: week.orderId ?? '' })}
        >
          去付款
        </Button>
      )}
      {act === 'order' && (
        <Button
          look="line"
          size="small"
          label={`看订单 ${title}`}
          onPress={() => openPage('order', { id: week.orderId ?? '' })}
        >
          看订单
        </Button>
      )}
    </Box>
  )
}

/** How many, and where; from the next order on. */
function Changes({ box, send }: { box: Subscription; send: Send }) {
  const { id: boxId, goods, quantity, most, stores, storeId } = box
  const [choosing, setChoosing] = useState(false)
  const put = (next: number) => {
    if (next > most) return say(`每人每周最多 ${most} 份`)
    void send(
      () => api('PUT /v1/boxes/:boxId/quantity', { params: { boxId }, body: { quantity: next } }),
      `每周 ${next} 份，从下一单起`,
    )
  }
  const move = (to: string) =>
    send(async () => {
      const moved = await api('PUT /v1/boxes/:boxId/store', { params: { boxId }, body: { storeId: to } })
      setChoosing(false)
      return moved
    }, '换好门店了，从下一单起')
  return (
    <Panel title="改一改">
      {goods && (
        <Box className="boxes-many">
          <Words>每周几份</Words>
          <Stepper product={{ ...goods, available: most }} quantity={quantity} least={1} onQuantity={put} />
        </Box>
      )}
      <Cell
        icon="shop"
        title="自提门店"
        value={box.storeName}
        {...(stores.length > 1 ? { onPress: () => setChoosing(!choosing) } : {})}
      />
      {choosing &&
        stores
          .filter(({ id }) => id !== storeId)
          .map(({ id, name }) => (
            <Button key={id} look="soft" size="full" busyText="正在换" onPress={() => move(id)}>
              {`换到${name}`}
            </Button>
          ))}
    </Panel>
  )
}

function Acts({ box, send }: { box: Subscription; send: Send }) {
  const params = { boxId: box.id }
  const [sure, setSure] = useState(false)
  if (box.state === 'ENDED')
    return (
      <Panel>
        <Button
          look="line"
          size="full"
          onPress={() => openPage('boxOffer', { id: box.campaignId, store: box.storeId })}
        >
          看看还能不能订
        </Button>
      </Panel>
    )
  return (
    <Panel>
      <Box className="boxes-acts">
        {box.state === 'RUNNING' ? (
          <Button
            look="line"
            size="full"
            busyText="正在暂停"
            onPress={() => send(() => api('POST /v1/boxes/:boxId/pause', { params }), '暂停了，名额让给别人')}
          >
            暂停
          </Button>
        ) : (
          <Button
            size="full"
            busyText="正在恢复"
            onPress={() => send(() => api('POST /v1/boxes/:boxId/resume', { params }), '恢复了，从下一周起')}
          >
            恢复
          </Button>
        )}
        {sure ? (
          <Button
            look="soft"
            size="full"
            busyText="正在取消"
            onPress={() => send(() => api('POST /v1/boxes/:boxId/end', { params }), '不再订了')}
          >
            确定不再订，已下的单不变
          </Button>
        ) : (
          <Button look="line" size="full" onPress={() => setSure(true)}>
            不再订了
          </Button>
        )}
      </Box>
    </Panel>
  )
}
