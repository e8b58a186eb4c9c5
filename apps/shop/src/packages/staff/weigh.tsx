import { useState } from 'react'
import { Button } from '../../components/button'
import { Box, Field, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { Sheet } from '../../components/sheet'
import { yuanText } from '../../models/money'
import { backFenOf, gramsText, looksWrong, readGrams, weighedAs, weighedText } from '../../models/weight'
import type { HandoverSheet } from '../../models/wire'
import { codeOf, floorApi, troubleFrom } from '../../services/api'
import { say } from '../../services/toast'
import './weigh.scss'

type Line = HandoverSheet['lines'][number]
type Weighed = Line & { weight: NonNullable<Line['weight']> }
const isWeighed = (line: Line): line is Weighed => line.weight !== null

interface WeighSheetProps {
  sheet: HandoverSheet
  onWeighed: (sheet: HandoverSheet) => void
  /** Somebody else changed the order meanwhile. */
  onStale: () => void
  onClose: () => void
}

/** 称重: what the scales say of each weighed line, and to the fen what goes back for it, before anything is sent. */
export function WeighSheet({ sheet, onWeighed, onStale, onClose }: WeighSheetProps) {
  const lines = sheet.lines.filter(isWeighed)
  const [typed, setTyped] = useState<Record<number, string>>({})
  const textOf = ({ lineNo, weight }: Weighed) => typed[lineNo] ?? String(weight.finalGrams ?? '')
  const read = lines.map((line) => ({ line, grams: readGrams(textOf(line)) }))
  const known = read.flatMap(({ line, grams }) => (grams === null ? [] : [{ line, grams }]))
  const backFen = backFenOf(known.map(({ line, grams }) => ({ weight: weighedAs(line.weight, grams) })))

  const send = async () => {
    const changed = known.filter(({ line, grams }) => line.weight.finalGrams !== grams)
    if (changed.length === 0) return onClose()
    try {
      onWeighed(
        await floorApi('POST /staff/v1/orders/:orderId/weights', {
          params: { orderId: sheet.orderId },
          body: {
            lines: changed.map(({ line: { lineNo, weight }, grams }) => ({
              lineNo,
              grams,
              expectGrams: weight.finalGrams,
            })),
          },
        }),
      )
      say(known.length === lines.length ? '重量都记下了' : `还有 ${lines.length - known.length} 样没称`)
      onClose()
    } catch (error) {
      say(troubleFrom(error).text)
      if (codeOf(error) !== null) {
        onStale()
        onClose()
      }
    }
  }
  return (
    <Sheet title="称重" onClose={onClose}>
      <Box className="ll-quiet">称袋里的总重，输克数；秤上打的条码也能扫。交货前都能改。</Box>
      {read.map(({ line, grams }) => (
        <WeighLine
          key={line.lineNo}
          line={line}
          text={textOf(line)}
          grams={grams}
          onText={(text) => setTyped({ ...typed, [line.lineNo]: text })}
        />
      ))}
      <Box className="weigh-sum" role="status">
        <Words>{sumWords(backFen, lines.length - known.length)}</Words>
        {backFen > 0 && <Words className="ll-strong">{yuanText(backFen)}</Words>}
      </Box>
      <Button size="full" disabled={known.length === 0} busyText="正在记" onPress={send}>
        记下重量
      </Button>
    </Sheet>
  )
}

const sumWords = (backFen: number, left: number): string => {
  if (backFen > 0) return left > 0 ? `交给顾客时自动退（还差 ${left} 样没称）` : '交给顾客时自动退'
  return left > 0 ? `还有 ${left} 样没称` : '不用退差价'
}

interface WeighLineProps {
  line: Weighed
  text: string
  grams: number | null
  onText: (text: string) => void
}

function WeighLine({ line, text, grams, onText }: WeighLineProps) {
  const odd = grams !== null && looksWrong(line.weight, grams)
  const bad = text !== '' && grams === null
  return (
    <Box className="weigh-line">
      <Box className="weigh-name">
        <Words className="ll-strong">{line.name}</Words>
        <Words className="ll-quiet">
          {line.quantity} {line.unit}，约 {gramsText(line.weight.estimateGrams)}，
          {yuanText(line.weight.payFen)}
        </Words>
      </Box>
      <Box className={`weigh-box ${bad ? 'weigh-box-bad' : ''}`}>
        <Field
          label={`${line.name}实称多少克`}
          className="weigh-input"
          kind="digits"
          placeholder=""
          value={text}
          maxLength={13}
          invalid={bad}
          onValue={onText}
        />
        <Words className="ll-quiet">g</Words>
      </Box>
      <Box className={bad || odd ? 'weigh-said weigh-said-bad' : 'weigh-said'} role="status">
        {(bad || odd) && <Icon name="info" size={16} />}
        <Words>
          {bad
            ? '写克数，最多 1000000；秤码要是 21 开头的 13 位'
            : grams === null
              ? '还没称'
              : odd
                ? `差得很多，再看一眼：${weighedText(weighedAs(line.weight, grams), false)}`
                : weighedText(weighedAs(line.weight, grams), false)}
        </Words>
      </Box>
    </Box>
  )
}
