import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Field, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tag } from '../../../components/tag'
import { arrivedText, piecesBeside, promiseText, readPieces, waitingText } from '../../../models/arrivals'
import { createOrderKey, randomKey } from '../../../models/order-key'
import type { Arrived, AwaitedGoods } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { SheetDone } from '../sheet'
import { staffStore } from '../staff-store'
import './index.scss'

const keyOf = ({ campaignId, skuId }: AwaitedGoods) => `${campaignId} ${skuId}`

/** 到货: goods that orders of this store wait for, how many of them came, and how many orders have theirs now. */
export default function ArrivalsPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [held, setHeld] = useState<AwaitedGoods | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  const awaited = useLoad(staff && store ? `awaited.${store.id}` : null, () =>
    floorApi('GET /staff/v1/stores/:storeId/awaited-goods', { params: { storeId: store?.id ?? '' } }),
  )
  if (!staff) return <Screen title="到货">{null}</Screen>
  if (!store)
    return (
      <Screen title="到货">
        <NavBar title="到货" />
        <Notice drawing="box" title="先看清在哪家店" note="回店员页选好门店，再来收货">
          <Button onPress={() => replacePage('staffDesk')}>回店员页</Button>
        </Notice>
      </Screen>
    )
  return (
    <Screen title="到货" className="arrivals">
      <NavBar title={`到货 · ${store.name}`} />
      {held ? (
        <TakeIn
          key={keyOf(held)}
          storeId={store.id}
          goods={held}
          onArrived={awaited.reload}
          onAgain={() => {
            setHeld(null)
            void awaited.reload()
          }}
        />
      ) : (
        <Gate loaded={awaited} skeleton={<RowBones count={3} />} safe="等货的单都在系统里">
          {({ items }) =>
            items.length === 0 ? (
              <Notice drawing="box" title="没有人在等货" note="预售和周期购有人付了款，货没到，就会列在这里">
                <Button look="line" onPress={goBack}>
                  回待取
                </Button>
              </Notice>
            ) : (
              items.map((goods) => (
                <AwaitedCard key={keyOf(goods)} goods={goods} onTake={() => setHeld(goods)} />
              ))
            )
          }
        </Gate>
      )}
    </Screen>
  )
}

function AwaitedCard({ goods, onTake }: { goods: AwaitedGoods; onTake: () => void }) {
  const promise = promiseText(goods, Date.now())
  return (
    <Box as="section" className="arrival-card">
      <Box className="arrival-head">
        <Box as="h2" className="arrival-name">
          {goods.name}
        </Box>
        <Tag tone={goods.ofBox ? 'leaf' : 'brand'}>{goods.ofBox ? '周期购' : '预售'}</Tag>
      </Box>
      <Box className="ll-quiet">{goods.campaign}</Box>
      <Box className="arrival-waiting">{waitingText(goods)}</Box>
      <Box className={promise.late ? 'arrival-late' : 'll-quiet'}>{promise.text}</Box>
      {goods.waitingOrders > 0 && (
        <Button size="full" label={`${goods.name}到货`} onPress={onTake}>
          到货了
        </Button>
      )}
    </Box>
  )
}

interface TakeInProps {
  storeId: string
  goods: AwaitedGoods
  onArrived: () => Promise<void>
  onAgain: () => void
}

/** How many came, counted by whoever stands before them; then whom they were enough for. */
function TakeIn({ storeId, goods, onArrived, onAgain }: TakeInProps) {
  const { campaignId, skuId, unit, waitingPieces, freePieces } = goods
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [done, setDone] = useState<Arrived | null>(null)
  // Pressed again after a lost answer it is the same arrival; another number is another.
  const keyFor = useRef(createOrderKey(() => randomKey(Date.now())))
  const pieces = readPieces(text)
  const change = (value: string) => {
    setText(value)
    setFault(null)
  }
  const arrive = async () => {
    if (pieces === null) return setFault('数一数到了几件，写整数')
    const body = { campaignId, skuId, pieces }
    setFault(null)
    try {
      setDone(
        await floorApi('POST /staff/v1/stores/:storeId/arrivals', {
          params: { storeId },
          body: { ...body, idempotencyKey: keyFor.current(body) },
        }),
      )
      await onArrived()
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  if (done) return <Done done={done} unit={unit} onAgain={onAgain} />
  return (
    <>
      <Panel title={goods.name} note={waitingText(goods)}>
        <Box className="arrival-count">
          <Press
            className="arrival-step"
            label={`少一${unit}`}
            disabled={(pieces ?? 0) <= 1}
            onPress={() => change(piecesBeside(text, -1))}
          >
            <Icon name="minus" size={28} />
          </Press>
          <Field
            label={`到了几${unit}`}
            className="arrival-field"
            kind="digits"
            placeholder="几"
            value={text}
            maxLength={7}
            invalid={fault !== null}
            onValue={(value) => change(value.replace(/\D/g, ''))}
            onEnter={() => void arrive()}
          />
          <Press className="arrival-step" label={`多一${unit}`} onPress={() => change(piecesBeside(text, 1))}>
            <Icon name="plus" size={28} />
          </Press>
        </Box>
        {waitingPieces > 0 && (
          <Button size="full" look="soft" onPress={() => change(String(waitingPieces))}>
            {`正好 ${waitingPieces} ${unit}，等的都齐了`}
          </Button>
        )}
        <Box className={freePieces === 0 ? 'arrival-note arrival-none' : 'arrival-note'}>
          {freePieces === 0
            ? '库里还没有这样货：请店长先用收货单入库，再来这里到货'
            : `库里现在可以留 ${freePieces} ${unit}。先付清的先有，后付的不插队`}
        </Box>
        {fault && (
          <Box className="arrival-fault" role="alert">
            <Icon name="info" size={20} />
            <Words>{fault}</Words>
          </Box>
        )}
      </Panel>
      <Box className="staff-sheet-foot">
        <Button size="full" look="leaf" disabled={pieces === null} busyText="正在留货" onPress={arrive}>
          {pieces === null ? '先写到了几件' : `点过 ${pieces} ${unit}，给等的人留好`}
        </Button>
        <Button size="full" look="line" onPress={onAgain}>
          不是这样货
        </Button>
      </Box>
    </>
  )
}

function Done({ done, unit, onAgain }: { done: Arrived; unit: string; onAgain: () => void }) {
  const { title, note } = arrivedText(done, unit)
  return (
    <>
      {done.servedOrders > 0 ? (
        <SheetDone title={title} note={note} />
      ) : (
        <Box className="staff-sheet-elsewhere" role="alert">
          <Box className="ll-strong">{title}</Box>
          <Words>{note}</Words>
        </Box>
      )}
      <Box className="staff-sheet-foot">
        <Button size="full" onPress={onAgain}>
          再收一样
        </Button>
        <Button size="full" look="line" onPress={goBack}>
          回待取
        </Button>
      </Box>
    </>
  )
}
