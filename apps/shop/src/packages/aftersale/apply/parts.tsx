import { useState } from 'react'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Picture, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Price } from '../../../components/price'
import {
  type Kind,
  MOST_PHOTOS,
  mostOf,
  needsPhoto,
  type OptionLine,
  type Picked,
  type Reason,
  whyNot,
} from '../../../models/aftersale-form'
import { deedWord, REASONS } from '../../../models/aftersale-words'
import { refundBrings } from '../../../models/benefit-words'
import { yuanText } from '../../../models/money'
import { backLines } from '../../../models/tender-words'
import type { AftersaleOptions, AftersalePhoto, AftersaleQuote } from '../../../models/wire'
import { api, mediaUrl, troubleFrom } from '../../../services/api'
import { pickPhotos } from '../../../services/photos'
import { say } from '../../../services/toast'

interface LinesProps {
  options: AftersaleOptions
  kind: Kind
  picked: Picked
  onPick: (picked: Picked) => void
}

/** The lines of the order, with how many pieces of each go back. What cannot says why. */
export function Lines({ options, kind, picked, onPick }: LinesProps) {
  return (
    <Panel title={`${deedWord(kind)}哪些`} note={options.storeName}>
      {options.lines.map((line) => (
        <LineRow
          key={line.lineNo}
          line={line}
          kind={kind}
          quantity={picked[line.lineNo] ?? 0}
          onQuantity={(quantity) => onPick({ ...picked, [line.lineNo]: quantity })}
        />
      ))}
    </Panel>
  )
}

interface LineProps {
  line: OptionLine
  kind: Kind
  quantity: number
  onQuantity: (quantity: number) => void
}
function LineRow({ line, kind, quantity, onQuantity }: LineProps) {
  const no = whyNot(line, kind)
  const refunded = line.refundedQuantity > 0 ? `，已退 ${line.refundedQuantity} ${line.unit}` : ''
  return (
    <Box className={`after-line ${no === null ? '' : 'after-line-off'}`}>
      <Box className="after-line-picture">
        {line.picture ? (
          <Picture src={mediaUrl(line.picture.s)} alt="" />
        ) : (
          <Words>{line.name.slice(0, 1)}</Words>
        )}
      </Box>
      <Box className="after-line-words">
        <Box>{line.name}</Box>
        <Box className="ll-quiet after-small">
          {`买 ${line.quantity} ${line.unit}${refunded} · 实付 ${yuanText(line.payFen)}`}
        </Box>
        {no !== null && <Box className="after-why">{no}</Box>}
      </Box>
      {no === null && (
        <Pieces
          line={line}
          verb={deedWord(kind)}
          most={mostOf(line, kind)}
          quantity={quantity}
          onQuantity={onQuantity}
        />
      )}
    </Box>
  )
}

interface PiecesProps {
  line: OptionLine
  verb: string
  most: number
  quantity: number
  onQuantity: (quantity: number) => void
}
function Pieces({ line, verb, most, quantity, onQuantity }: PiecesProps) {
  return (
    <Box className="ll-stepper" role="group" label={`${line.name}，${verb}几${line.unit}`}>
      <Press
        className="ll-stepper-box"
        label={`少${verb}一${line.unit}`}
        disabled={quantity === 0}
        onPress={() => onQuantity(quantity - 1)}
      >
        <Box className={`ll-disc ll-disc-line ${quantity === 0 ? 'll-disc-off' : ''}`}>
          <Icon name="minus" size={18} />
        </Box>
      </Press>
      <Words className="ll-stepper-count">{quantity}</Words>
      <Press
        className="ll-stepper-box"
        label={`多${verb}一${line.unit}`}
        disabled={quantity >= most}
        onPress={() => onQuantity(quantity + 1)}
      >
        <Box className={`ll-disc ${quantity >= most ? 'll-disc-line ll-disc-off' : 'll-disc-filled'}`}>
          <Icon name="plus" size={18} />
        </Box>
      </Press>
    </Box>
  )
}

interface ReasonsProps {
  reasons: readonly Reason[]
  reason: Reason | null
  onReason: (reason: Reason) => void
}
/** Why, at one press. */
export function Reasons({ reasons, reason, onReason }: ReasonsProps) {
  return (
    <Panel title="为什么">
      {reasons.length === 0 ? (
        <Box className="after-why">选的这几样原因不一样，请分开申请</Box>
      ) : (
        <Box className="after-chips" role="radiogroup" label="为什么">
          {reasons.map((each) => (
            <Press
              key={each}
              className={`after-chip ${each === reason ? 'after-chip-on' : ''}`}
              role="radio"
              on={each === reason}
              onPress={() => onReason(each)}
            >
              {REASONS[each]}
            </Press>
          ))}
        </Box>
      )}
    </Panel>
  )
}

interface PhotosProps {
  kind: Kind
  reason: Reason | null
  photos: readonly AftersalePhoto[]
  onPhotos: (photos: readonly AftersalePhoto[]) => void
}
/** Photos for the store's eyes only. */
export function PhotosBlock({ kind, reason, photos, onPhotos }: PhotosProps) {
  const [sending, setSending] = useState(false)
  const add = async () => {
    if (sending) return
    const picked = await pickPhotos(MOST_PHOTOS - photos.length)
    setSending(true)
    let sent = photos
    try {
      for (const photo of picked) {
        sent = sent.concat(await api('POST /v1/aftersale-photos', photo))
        onPhotos(sent)
      }
    } catch (error) {
      say(troubleFrom(error).text)
    }
    setSending(false)
  }
  return (
    <Panel
      title="照片"
      note={needsPhoto(kind, reason) ? '至少一张，只有店里看得到' : '可以不拍，只有店里看得到'}
    >
      <Box className="after-photos">
        {photos.map((photo, i) => (
          <Box key={photo.id} className="after-photo">
            <Picture src={mediaUrl(photo.url)} alt={`第 ${i + 1} 张照片`} />
            <Press
              className="after-photo-drop"
              label={`去掉第 ${i + 1} 张照片`}
              onPress={() => onPhotos(photos.filter(({ id }) => id !== photo.id))}
            >
              <Box className="after-photo-disc">
                <Icon name="x" size={14} />
              </Box>
            </Press>
          </Box>
        ))}
        {photos.length < MOST_PHOTOS && (
          <Press className="after-photo-add" label="添加照片" disabled={sending} onPress={() => void add()}>
            <Icon name="camera" size={24} />
            <Words>{sending ? '正在传' : '拍照'}</Words>
          </Press>
        )}
      </Box>
    </Panel>
  )
}

/** What the shopper gets for what they bring, and what happens where there is none. */
export function SwapBlock({ options, quote }: { options: AftersaleOptions; quote: AftersaleQuote }) {
  return (
    <Panel title="换成什么" note="同一种商品，不补差价">
      {quote.lines.map(({ lineNo, quantity }) => {
        const line = options.lines.find((each) => each.lineNo === lineNo)
        return (
          <SumLine key={lineNo} name={line?.name ?? ''} value={`换 ${quantity} ${line?.unit ?? '件'}新的`} />
        )
      })}
      <Box className="after-total">
        <SumLine
          strong
          name={quote.inStock ? '店里现在有货' : '店里现在没有货'}
          value={quote.inStock ? '门店同意就给您留着' : `改成退款 ${yuanText(quote.amountFen)}`}
        />
      </Box>
      <Box className="after-next">
        {quote.inStock
          ? `门店同意后给您退货码，7 天内带货到任意一家门店，验收通过就换新的。到时没货了，退您 ${yuanText(quote.amountFen)}`
          : '可以先提交，门店答复时要是又有货了，就给您换'}
      </Box>
    </Panel>
  )
}

/** Line by line what comes back; the server has counted it. */
export function SumsBlock({
  options,
  quote,
  kind,
}: {
  options: AftersaleOptions
  quote: AftersaleQuote
  kind: Kind
}) {
  return (
    <Panel title="退多少" note="一分不差">
      {quote.lines.map(({ lineNo, quantity, amountFen }) => {
        const line = options.lines.find((each) => each.lineNo === lineNo)
        return <SumLine key={lineNo} name={`${line?.name ?? ''} ×${quantity}`} value={yuanText(amountFen)} />
      })}
      <Box className="after-total">
        {quote.parts.length > 1 &&
          backLines(quote.parts).map(({ name, value }) => <SumLine key={name} name={name} value={value} />)}
        <SumLine
          strong
          name={quote.parts.length > 1 ? '一共退' : (backLines(quote.parts)[0]?.name ?? '不用退钱')}
          value={<Price fen={quote.amountFen} />}
        />
        <SumLine name="退后这一单实付" value={yuanText(quote.keptFen)} />
        {refundBrings(quote, Date.now()).map(({ name, value }, i) => (
          <SumLine key={i} name={name} value={value} />
        ))}
      </Box>
      <Box className="after-next">{nextOf(kind, quote.atOnce)}</Box>
    </Panel>
  )
}

const nextOf = (kind: Kind, atOnce: boolean): string => {
  if (atOnce) return '提交后马上退，一般几分钟到账，订单随即关闭'
  if (kind === 'return') return '门店同意后给您退货码，7 天内带货到任意一家门店，验收通过就退'
  if (kind === 'claim') return '门店看过照片就退，货不用还'
  return '门店 48 小时内答复，没答复就自动退给您'
}
