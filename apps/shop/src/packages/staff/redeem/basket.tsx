import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Check } from '../../../components/check'
import { Box, Field } from '../../../components/elements'
import { Stepper } from '../../../components/stepper'
import { yuanText } from '../../../models/money'
import { randomKey } from '../../../models/order-key'
import {
  type BasketLine,
  holdUp,
  linesOf,
  readBarcode,
  readYuan,
  withPiece,
  withQuantity,
} from '../../../models/redeeming'
import type { CouponHolder, Redemption, RedemptionQuote } from '../../../models/wire'
import { codeOf, floorApi, troubleFrom } from '../../../services/api'
import { CodeEntry } from '../code-entry'

const MOST_PIECES = 9999

interface BasketProps {
  storeId: string
  holder: CouponHolder
  onDone: (done: Redemption) => void
  onAgain: () => void
}

/** What lies on the counter, by its barcodes at this store's prices; the server says what comes off. Its key belongs to this basket: pressing twice, or again after a lost answer, redeems once. */
export function Basket({ storeId, holder, onDone, onAgain }: BasketProps) {
  const { memberRef } = holder
  const [key] = useState(() => randomKey(Date.now()))
  const [lines, setLines] = useState<BasketLine[]>([])
  const [wanted, setWanted] = useState<string[] | null>(holder.couponId === null ? null : [holder.couponId])
  const [quote, setQuote] = useState<RedemptionQuote | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [scanned, setScanned] = useState(0)

  /** Asks what such a basket costs; only what the server knows becomes the basket. */
  const put = async (next: BasketLine[], couponIds: string[] | null = wanted) => {
    setFault(null)
    if (next.length === 0) {
      setLines([])
      setQuote(null)
      return
    }
    try {
      const answer = await floorApi('POST /staff/v1/coupon-redemption-quotes', {
        body: { storeId, memberRef, lines: linesOf(next), ...(couponIds && { couponIds }) },
      })
      setLines(next)
      setWanted(couponIds)
      setQuote(answer)
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const scan = async (text: string) => {
    const barcode = readBarcode(text)
    if (barcode === null) return setFault('扫商品上的条码，或者输条码的数字')
    await put(withPiece(lines, barcode))
    setScanned(scanned + 1)
  }
  const redeem = async () => {
    if (!quote) return
    setFault(null)
    try {
      onDone(
        await floorApi('POST /staff/v1/coupon-redemptions', {
          body: {
            storeId,
            memberRef,
            requestKey: key,
            lines: linesOf(lines),
            couponIds: quote.couponIds,
            expectPayFen: quote.payFen,
          },
        }),
      )
    } catch (error) {
      const code = codeOf(error)
      if (code === 'tills.price_changed') await put(lines)
      setFault(code === 'coupons.unusable' ? '这张券刚刚被用掉了，或者过期了' : troubleFrom(error).text)
    }
  }
  return (
    <>
      <CodeEntry
        key={`goods ${scanned}`}
        title={lines.length === 0 ? '再扫商品' : '接着扫'}
        note="一件一件扫，价钱按本店标价"
        name="商品条码"
        verb="放进来"
        fault={fault}
        onFault={setFault}
        onCode={scan}
      />
      {quote && (
        <>
          <Goods lines={lines} quote={quote} onLines={put} />
          <Coupons quote={quote} onWanted={(couponIds) => put(lines, couponIds)} />
          <Sum quote={quote} hold={holdUp(quote, lines)} onRedeem={redeem} onAgain={onAgain} />
        </>
      )}
      {!quote && (
        <Box className="redeem-actions">
          <Button size="full" look="line" onPress={onAgain}>
            换一位顾客
          </Button>
        </Box>
      )}
    </>
  )
}

interface GoodsProps {
  lines: readonly BasketLine[]
  quote: RedemptionQuote
  onLines: (lines: BasketLine[]) => Promise<void>
}
function Goods({ lines, quote, onLines }: GoodsProps) {
  const isWeighed = (barcode: string) =>
    readYuan(lines.find((line) => line.barcode === barcode)?.yuan ?? '') !== null
  return (
    <Panel title="柜台上的商品">
      {quote.lines.map(({ barcode, name, quantity, unitFen, weighed }) => (
        <Box key={barcode} className="redeem-line">
          <Box className="redeem-line-words">
            <Box className="ll-strong">{name}</Box>
            <Box className="redeem-small">{`${weighed && !isWeighed(barcode) ? '约 ' : ''}${yuanText(unitFen)}`}</Box>
            {weighed && (
              <Weighed
                name={name}
                line={lines.find((line) => line.barcode === barcode)}
                onYuan={(yuan) =>
                  onLines(lines.map((line) => (line.barcode === barcode ? { ...line, yuan } : line)))
                }
              />
            )}
          </Box>
          <Stepper
            product={{ skuId: barcode, name, unit: '件', available: MOST_PIECES }}
            quantity={quantity}
            onQuantity={(next) => void onLines(withQuantity(lines, barcode, next))}
          />
        </Box>
      ))}
    </Panel>
  )
}

/** Goods by weight cost what the scales printed. */
function Weighed({
  name,
  line,
  onYuan,
}: {
  name: string
  line: BasketLine | undefined
  onYuan: (yuan: string) => Promise<void>
}) {
  const [typed, setTyped] = useState(line?.yuan ?? '')
  return (
    <Box className="redeem-weighed">
      <Field
        label={`${name}秤上一份多少元`}
        kind="text"
        placeholder="秤上一份多少元"
        value={typed}
        maxLength={8}
        onValue={setTyped}
        onEnter={() => void onYuan(typed)}
      />
      <Button size="small" look="soft" label={`记下${name}秤上的价`} onPress={() => onYuan(typed)}>
        记下
      </Button>
    </Box>
  )
}

interface CouponsProps {
  quote: RedemptionQuote
  onWanted: (couponIds: string[]) => Promise<void>
}
/** Which coupons act; another choice is asked of the server. */
function Coupons({ quote: { coupons, couponIds }, onWanted }: CouponsProps) {
  const choose = (id: string, on: boolean) =>
    void onWanted(on ? [...couponIds, id] : couponIds.filter((each) => each !== id))
  return (
    <Panel title="用哪张券">
      {coupons.map(({ id, label, acts, words }) => {
        const on = couponIds.includes(id)
        return (
          <Box key={id} className="redeem-coupon">
            <Check
              on={on}
              label={`${label}，${words}`}
              disabled={!acts && !on}
              onCheck={(next) => choose(id, next)}
            />
            <Box className="redeem-line-words">
              <Box className={on ? 'll-strong' : ''}>{label}</Box>
              <Box className="redeem-small">{words}</Box>
            </Box>
          </Box>
        )
      })}
    </Panel>
  )
}

interface SumProps {
  quote: RedemptionQuote
  hold: string | null
  onRedeem: () => Promise<void>
  onAgain: () => void
}
function Sum({ quote: { goodsFen, discountFen, payFen }, hold, onRedeem, onAgain }: SumProps) {
  return (
    <>
      <Panel>
        <SumLine name="商品合计" value={yuanText(goodsFen)} />
        <SumLine name="券减" value={`−${yuanText(discountFen)}`} />
        <SumLine strong name="应收" value={yuanText(payFen)} />
        {hold && (
          <Box className="redeem-hold" role="status">
            {hold}
          </Box>
        )}
      </Panel>
      <Box className="redeem-actions">
        <Button size="full" disabled={hold !== null} busyText="正在核销，请别离开" onPress={onRedeem}>
          {`核销，少收 ${yuanText(discountFen)}`}
        </Button>
        <Button size="full" look="line" onPress={onAgain}>
          换一位顾客
        </Button>
      </Box>
    </>
  )
}
