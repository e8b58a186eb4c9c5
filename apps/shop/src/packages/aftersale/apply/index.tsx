import { useEffect, useMemo, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Choice } from '../../../components/check'
import { Area, Box, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import {
  type Kind,
  kindChoices,
  missingWords,
  type Picked,
  pickAll,
  type Reason,
  reasonsFor,
  takesPhotos,
  wantedOf,
} from '../../../models/aftersale-form'
import { yuanText } from '../../../models/money'
import { createOrderKey, randomKey } from '../../../models/order-key'
import type { AftersaleOptions, AftersalePhoto, AftersaleQuote } from '../../../models/wire'
import { api, codeOf, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { goBack, replacePage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import { Lines, PhotosBlock, Reasons, SumsBlock, SwapBlock } from './parts'
import './index.scss'

/** 申请售后: what goes back, why, and to the fen how much, before anything is sent. */
export default function ApplyPage() {
  const orderId = useParam('orderId') ?? ''
  const options = useLoad(`aftersale-options.${orderId}`, () =>
    api('GET /v1/orders/:orderId/aftersale-options', { params: { orderId } }),
  )
  const form = useForm(orderId, options.data)
  const { quote } = form
  const send = async () => {
    try {
      const asked = await form.send()
      if (asked) replacePage('aftersale', { id: asked.id })
    } catch (error) {
      say(troubleFrom(error).text)
      if (codeOf(error) !== null) await options.reload()
    }
  }
  return (
    <Screen
      title="申请售后"
      className="after-apply"
      bar={
        form.kind === null ? undefined : (
          <>
            {quote && form.kind !== 'exchange' && <Price fen={quote.amountFen} size="l" />}
            <Button
              size="full"
              className="after-send"
              disabled={form.missing !== null || quote === null}
              busyText="正在提交，请别离开"
              onPress={send}
            >
              {form.missing ?? (quote === null ? '正在算' : sendWords(quote))}
            </Button>
          </>
        )
      }
    >
      <NavBar title="申请售后" />
      <Gate loaded={options} skeleton={<RowBones count={4} />} safe="还没有提交，订单照旧">
        {(data) => (form.kind === null ? <Nothing /> : <Form options={data} form={form} kind={form.kind} />)}
      </Gate>
    </Screen>
  )
}

const sendWords = ({ atOnce, amountFen }: AftersaleQuote): string =>
  atOnce ? `现在就退 ${yuanText(amountFen)}` : '提交申请'

function Nothing() {
  return (
    <Notice
      drawing="box"
      title="现在没有能申请的"
      note="已经退完、有申请在处理，或者过了时间。有问题可以打电话给门店"
    >
      <Button onPress={goBack}>回订单</Button>
    </Notice>
  )
}

interface FormState {
  kind: Kind | null
  chooseKind: (kind: Kind) => void
  picked: Picked
  pick: (picked: Picked) => void
  reason: Reason | null
  chooseReason: (reason: Reason) => void
  reasons: readonly Reason[]
  photos: readonly AftersalePhoto[]
  setPhotos: (photos: readonly AftersalePhoto[]) => void
  note: string
  setNote: (note: string) => void
  quote: AftersaleQuote | null
  missing: string | null
  send: () => Promise<{ id: string } | null>
}

/** What was chosen so far, and what it would bring back: asked of the server after every choice. */
function useForm(orderId: string, options: AftersaleOptions | null): FormState {
  const [chosenKind, setKind] = useState<Kind | null>(null)
  const [picked, pick] = useState<Picked>({})
  const [chosenReason, chooseReason] = useState<Reason | null>(null)
  const [photos, setPhotos] = useState<readonly AftersalePhoto[]>([])
  const [note, setNote] = useState('')
  const [quoted, setQuoted] = useState<{ of: string; quote: AftersaleQuote } | null>(null)
  const keyOf = useMemo(() => createOrderKey(() => randomKey(Date.now())), [])
  const choices = options ? kindChoices(options, Date.now()) : []
  const kind = choices.some((each) => each.kind === chosenKind) ? chosenKind : (choices[0]?.kind ?? null)
  const reasons = options && kind ? reasonsFor(options, kind, picked) : []
  const reason = chosenReason && reasons.includes(chosenReason) ? chosenReason : null
  const wanted = wantedOf(picked)
  const asking = reason ?? reasons[0]
  const body = kind && asking && wanted.length > 0 ? { kind, reason: asking, lines: wanted } : null
  const of = JSON.stringify(body)

  useEffect(() => {
    if (!body) return undefined
    let here = true
    api('POST /v1/orders/:orderId/aftersale-quotes', { params: { orderId }, body }).then(
      (quote) => here && setQuoted({ of, quote }),
      (error: unknown) => here && say(troubleFrom(error).text),
    )
    return () => {
      here = false
    }
    // The text says all that the question depends on.
  }, [orderId, of])

  const quote = quoted !== null && quoted.of === of ? quoted.quote : null
  return {
    kind,
    chooseKind(next) {
      setKind(next)
      pick({})
      chooseReason(null)
    },
    picked,
    pick,
    reason,
    chooseReason,
    reasons,
    photos,
    setPhotos,
    note,
    setNote,
    quote,
    missing: kind === null ? null : missingWords({ wanted, reason, kind, photos: photos.length }),
    async send() {
      if (!kind || !reason || !quote) return null
      const photoIds = takesPhotos(kind) ? photos.map(({ id }) => id) : []
      const wish = {
        kind,
        reason,
        lines: wanted,
        expectFen: quote.amountFen,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(photoIds.length > 0 ? { photoIds } : {}),
      }
      return api('POST /v1/orders/:orderId/aftersales', {
        params: { orderId },
        body: { idempotencyKey: keyOf([orderId, wish]), ...wish },
      })
    },
  }
}

const NOTE_HINTS: Record<Kind, string> = {
  uncollected: '比如：家里又买了',
  claim: '比如：左边两个苹果有碰伤',
  return: '比如：和家里的一样，用不上',
  exchange: '比如：盖子拧不紧，漏了一点',
}

function Form({ options, form, kind }: { options: AftersaleOptions; form: FormState; kind: Kind }) {
  const choices = kindChoices(options, Date.now())
  return (
    <Box className="after-body">
      {choices.length > 1 && (
        <Panel title="怎么办">
          <Box role="radiogroup" label="怎么办">
            {choices.map((choice) => (
              <Choice
                key={choice.kind}
                on={choice.kind === kind}
                title={choice.title}
                note={choice.note}
                onChoose={() => form.chooseKind(choice.kind)}
              />
            ))}
          </Box>
        </Panel>
      )}
      {kind === 'uncollected' && options.wholeAtOnce && (
        <Box className="after-at-once">
          <Words>还没备货，整单退马上办，不用等门店</Words>
          <Button size="small" look="soft" onPress={() => form.pick(pickAll(options, kind))}>
            整单都退
          </Button>
        </Box>
      )}
      <Lines options={options} kind={kind} picked={form.picked} onPick={form.pick} />
      <Reasons reasons={form.reasons} reason={form.reason} onReason={form.chooseReason} />
      {takesPhotos(kind) && (
        <PhotosBlock kind={kind} reason={form.reason} photos={form.photos} onPhotos={form.setPhotos} />
      )}
      <Panel title="还想说的" note="可以不写">
        <Area
          label="还想说的"
          placeholder={NOTE_HINTS[kind]}
          value={form.note}
          maxLength={200}
          onValue={form.setNote}
        />
      </Panel>
      {form.quote && kind === 'exchange' && <SwapBlock options={options} quote={form.quote} />}
      {form.quote && kind !== 'exchange' && <SumsBlock options={options} quote={form.quote} kind={kind} />}
    </Box>
  )
}
