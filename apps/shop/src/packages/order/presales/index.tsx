import { useMemo, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Picture, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Stepper } from '../../../components/stepper'
import { yuanText } from '../../../models/money'
import { createOrderKey, randomKey } from '../../../models/order-key'
import { firstPayment, presaleTermsOf } from '../../../models/presale-words'
import { momentOf } from '../../../models/times'
import type { ShopCampaign } from '../../../models/wire'
import { api, mediaUrl, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePassingOn } from '../../../services/passing-on'
import { placeNow } from '../../../services/place'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import './index.scss'

type Item = ShopCampaign['items'][number]

/** 预售: what can be ordered ahead in this store, what is paid when, and by when it is there. */
export default function PresalesPage() {
  const presales = useLoad('presales', async () => {
    const { storeId } = await placeNow()
    return api('GET /v1/stores/:storeId/campaigns', { params: { storeId }, query: { kind: 'presale' } })
  })
  const first = presales.data?.items[0]
  const passing = usePassingOn({
    subject: { kind: 'campaign', id: first?.id ?? '' },
    ...(first ? { storeId: first.storeId } : {}),
    page: 'presales',
    query: {},
    title: first ? `预售：${first.items[0]?.name ?? first.name}` : '邻里预售',
  })
  return (
    <Screen title="预售" className="presales">
      <NavBar title="预售" />
      <Gate loaded={presales} skeleton={<RowBones count={3} />} safe="订好的单都在「我的订单」里">
        {({ items }) =>
          items.length === 0 ? (
            <Notice drawing="list" title="这家店现在没有预售" note="有了新的，会出现在这里">
              <Button onPress={() => openTab('category')}>去逛逛</Button>
            </Notice>
          ) : (
            <>
              {items.map((campaign) => (
                <Presale key={campaign.id} campaign={campaign} onStale={presales.reload} />
              ))}
              <Panel title="告诉朋友">
                <PassOn passing={passing} note="转发没有奖励，也不强制" />
              </Panel>
            </>
          )
        }
      </Gate>
    </Screen>
  )
}

interface PresaleProps {
  campaign: ShopCampaign
  onStale: () => Promise<void>
}

function Presale({ campaign, onStale }: PresaleProps) {
  const [rulesOpen, setRulesOpen] = useState(false)
  // Counted from the server's clock, as it was when it answered.
  const now = Date.parse(campaign.now)
  return (
    <Panel title={campaign.name} note={periodWords(campaign, now)}>
      {campaign.items.map((item) => (
        <Goods key={item.skuId} campaign={campaign} item={item} onStale={onStale} />
      ))}
      <Button look="line" size="inner" onPress={() => setRulesOpen(!rulesOpen)}>
        {rulesOpen ? '收起规则' : '看全部规则'}
      </Button>
      {rulesOpen && (
        <Box as="ul" className="presales-rules">
          {campaign.rules.map(({ title, words }) => (
            <Box as="li" key={title}>
              <Words className="ll-strong">{`${title}：`}</Words>
              <Words>{words}</Words>
            </Box>
          ))}
        </Box>
      )}
    </Panel>
  )
}

const periodWords = ({ state, startsAt, endsAt, paused }: ShopCampaign, now: number): string => {
  if (paused) return '暂停预订'
  return state === 'LIVE' ? `${momentOf(endsAt, now)} 前可订` : `${momentOf(startsAt, now)} 开始订`
}

/** One of its goods: what it costs, what is paid now and later, and the button to order it. */
function Goods({ campaign, item, onStale }: PresaleProps & { item: Item }) {
  const [quantity, setQuantity] = useState(1)
  const keyOf = useMemo(() => createOrderKey(() => randomKey(Date.now())), [])
  const terms = presaleTermsOf(campaign)
  if (!terms) return null
  const now = Date.parse(campaign.now)
  const totalFen = item.priceFen * quantity
  const { now: first, nowFen, later } = firstPayment(terms, totalFen)
  const put = (next: number) =>
    next > campaign.perMember ? say(`每人最多 ${campaign.perMember} ${item.unit}`) : setQuantity(next)
  const open = campaign.state === 'LIVE' && !campaign.paused && item.left > 0
  const order = async () => {
    if (!(await ensureMember())) return
    const body = {
      storeId: campaign.storeId,
      fulfilment: { kind: 'pickup' as const },
      lines: [{ skuId: item.skuId, quantity }],
      campaign: { campaignId: campaign.id },
      expectFen: totalFen,
    }
    try {
      const { id } = await api('POST /v1/orders', { body: { idempotencyKey: keyOf(body), ...body } })
      openPage('pay', { id })
    } catch (error) {
      say(troubleFrom(error).text)
      await onStale()
    }
  }
  return (
    <Box as="section" className="presales-goods">
      <Box className="presales-head">
        <Box className="presales-picture">
          {item.picture ? (
            <Picture src={mediaUrl(item.picture.s)} alt="" />
          ) : (
            <Words>{item.name.slice(0, 1)}</Words>
          )}
        </Box>
        <Box className="presales-words">
          <Box className="ll-strong">{item.name}</Box>
          <Price fen={item.priceFen} size="m" />
          <Box className="ll-quiet">
            {item.left > 0
              ? `还能订 ${item.left} ${item.unit}，每人 ${campaign.perMember} ${item.unit}`
              : '订完了'}
          </Box>
        </Box>
      </Box>
      <SumLine name={`现在付${first.name}`} value={first.value} />
      {later && terms.deposit && (
        <>
          <SumLine name={later.name} value={later.value} />
          <SumLine
            name="付尾款"
            value={`${momentOf(terms.deposit.balanceFrom, now)} 到 ${momentOf(terms.deposit.balanceUntil, now)}`}
          />
        </>
      )}
      <SumLine
        name="到店取"
        value={`${momentOf(terms.pickupFrom, now)} 起，最晚 ${momentOf(terms.promisedBy, now)} 到货`}
      />
      <SumLine name="自己取消" value={`${momentOf(terms.cutoff, now)} 前全退`} />
      {open && (
        <Box className="presales-order">
          <Stepper
            product={{ ...item, available: item.left }}
            quantity={quantity}
            least={1}
            onQuantity={put}
          />
          <Button busyText="正在下单" onPress={order}>
            {`${first.name} ${yuanText(nowFen)}，订`}
          </Button>
        </Box>
      )}
    </Box>
  )
}
