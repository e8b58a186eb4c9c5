import { Panel, SumLine } from '../../../components/cells'
import { Box, Picture, Press, Words } from '../../../components/elements'
import { Floor } from '../../../components/floor'
import { Price } from '../../../components/price'
import { Steps } from '../../../components/steps'
import { ShelfTag } from '../../../components/tag'
import { benefitLines, offLines } from '../../../models/benefit-words'
import { presaleFacts } from '../../../models/presale-words'
import { yuanText } from '../../../models/money'
import { bundleText, groupBackText, SHORTAGE_WORDS, timeline } from '../../../models/order-words'
import { lastSum, paidLines, sumsOf } from '../../../models/tender-words'
import { momentOf } from '../../../models/times'
import { weighedText } from '../../../models/weight'
import type { Order, StoreDetail } from '../../../models/wire'
import { mediaUrl } from '../../../services/api'
import { copyText } from '../../../services/device'
import { openPage } from '../../../services/routes'

/** Four steps, each with its time once it happened. */
export const Timeline = ({ order }: { order: Order }) => <Steps steps={timeline(order, Date.now())} times />

/** The lower band of the plan, where the door and the counter are. */
const counterBand = ({ width, height }: StoreDetail['floorPlan']) => ({
  x: 0,
  y: height * 0.52,
  width,
  height: height * 0.48,
})

/** How to find the counter, in words. */
export const counterHint = ({ pickupHint }: StoreDetail): string => pickupHint ?? '到服务台报提货码'

/** Where to collect, with the way from the door. */
export function CounterBlock({ store }: { store: StoreDetail }) {
  const { floorPlan, zones, opensAt, closesAt, address } = store
  const hint = counterHint(store)
  return (
    <Panel title="取货点" note={`营业 ${opensAt} 到 ${closesAt}`}>
      <Floor
        plan={floorPlan}
        zones={zones}
        target={{ kind: 'service' }}
        crop={counterBand(floorPlan)}
        label={`店内地图：${hint}`}
      />
      <Box className="order-hint">{hint}</Box>
      <Box className="ll-quiet order-address">{address}</Box>
    </Panel>
  )
}

/** What was bought, with each line's share and where it stood. */
export function LinesBlock({ order }: { order: Order }) {
  const last = lastSum(order)
  return (
    <Panel title={`${order.lines.length} 样商品`} note={`缺货时：${SHORTAGE_WORDS[order.ifShort].name}`}>
      {order.lines.map((line) => (
        <Press
          key={line.lineNo}
          className="order-line"
          role="link"
          label={`${line.name}，${line.quantity} ${line.unit}，${yuanText(line.payFen)}`}
          onPress={() => openPage('product', { id: line.productId })}
        >
          <Box className="order-line-picture">
            {line.picture ? (
              <Picture src={mediaUrl(line.picture.s)} alt="" />
            ) : (
              <Words>{line.name.slice(0, 1)}</Words>
            )}
          </Box>
          <Box className="order-line-words">
            <Box>{line.name}</Box>
            <Box className="ll-tags">
              <ShelfTag code={line.shelf} />
              {line.refundedQuantity > 0 && (
                <Words className="order-refunded">
                  {`已退 ${line.refundedQuantity} ${line.unit} ${yuanText(line.refundedFen)}`}
                </Words>
              )}
            </Box>
            {line.components.length > 0 && <Box className="order-weight">{bundleText(line.components)}</Box>}
            {groupBackText(line) && <Box className="order-weight">{groupBackText(line)}</Box>}
            {line.weight && order.state !== 'CANCELLED' && (
              <Box className="order-weight">{weighedText(line.weight, order.completedAt !== null)}</Box>
            )}
          </Box>
          <Box className="order-line-sums">
            <Box>{yuanText(line.payFen)}</Box>
            <Box className="ll-quiet">×{line.quantity}</Box>
          </Box>
        </Press>
      ))}
      <Box className="order-sums">
        {order.discountFen > 0 && (
          <>
            <SumLine name="商品金额" value={yuanText(order.goodsFen)} />
            {offLines(order).map(({ name, value }, i) => (
              <SumLine key={i} name={name} value={<Words className="order-off">{value}</Words>} />
            ))}
          </>
        )}
        {sumsOf(order).map(({ name, value }) => (
          <SumLine key={name} name={name} value={value} />
        ))}
        <SumLine strong name={last.name} value={<Price fen={last.fen} />} />
        {paidLines(order).map(({ name, value }) => (
          <SumLine key={name} name={name} value={value} />
        ))}
      </Box>
    </Panel>
  )
}

/** What became of coupons and points, and what the order earns; nothing where it has neither. */
export function BenefitsBlock({ order }: { order: Order }) {
  const lines = benefitLines(order, Date.now())
  if (lines.length === 0) return null
  return (
    <Panel title="券和积分">
      {lines.map(({ name, value }, i) => (
        <SumLine key={i} name={name} value={value} />
      ))}
    </Panel>
  )
}

/** Of goods that are yet to come: both payments, and the days that were promised. */
export function PresaleBlock({ order }: { order: Order }) {
  const facts = presaleFacts(order, Date.now())
  return facts ? (
    <Panel title={order.presale?.ofBox ? '周期购' : '预售'}>
      {facts.map(({ name, value }) => (
        <SumLine key={name} name={name} value={value} />
      ))}
    </Panel>
  ) : null
}

/** The number to tell the store, in groups that can be read out. */
export function NumberBlock({ order }: { order: Order }) {
  const grouped = order.no.replace(/^(\d{8})(\d{4})/, '$1 $2 ')
  return (
    <Panel>
      <Box className="order-number">
        <Words className="ll-quiet">订单号</Words>
        <Words className="order-number-text">{grouped}</Words>
        <Press className="order-copy" label="复制订单号" onPress={() => copyText(order.no)}>
          复制
        </Press>
      </Box>
      <Box className="order-number">
        <Words className="ll-quiet">下单时间</Words>
        <Words className="order-number-text">{momentOf(order.placedAt, Date.now())}</Words>
      </Box>
      {order.remark !== '' && (
        <Box className="order-number">
          <Words className="ll-quiet">备注</Words>
          <Words className="order-number-text">{order.remark}</Words>
        </Box>
      )}
    </Panel>
  )
}
