/** What the screen, and tests, ask of the till. Every answer carries the whole view, so the screen never guesses. */
import type { FastifyInstance } from 'fastify'
import { isFriendly } from '../../origins.ts'
import { bodyOf } from '../../sim/body.ts'
import type { Body } from '../../sim/body.ts'
import { keepKey } from './key.ts'
import type { Sender } from './queue.ts'
import { fetchPack } from './day-pack.ts'
import { saleIn, takeBack } from './returning.ts'
import type { ReturnWish } from './returning.ts'
import {
  addUnknown,
  chooseBenefits,
  clear,
  close,
  forgetCoupon,
  forgetMember,
  pay,
  reopen,
  scan,
  setQuantity,
} from './selling.ts'
import { BAD_LUCK } from './shop.ts'
import { refuse } from './till.ts'
import type { Till } from './till.ts'
import { paperOf, viewOf } from './view.ts'

type Friends = Parameters<typeof isFriendly>[0]
type More = { sender: Sender; friendly: Friends }

const FEN_MAX = 100_000_000
const textIn = (body: Body, name: string, max: number): string => {
  const value = body[name]
  return typeof value === 'string' && value.trim() !== '' && value.length <= max
    ? value
    : refuse('input_wrong', `${name} 要填 1 到 ${max} 个字`, 400)
}
const wholeIn = (body: Body, name: string, max: number): number => {
  const value = body[name]
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
    ? value
    : refuse('input_wrong', `${name} 要是 0 到 ${max} 的整数`, 400)
}
const tenderIn = ({ tender }: Body): 'cash' | 'scan' =>
  tender === 'cash' || tender === 'scan' ? tender : refuse('input_wrong', '收款方式是现金或扫码', 400)

/** The routes of one till. */
export const mountTill = (app: FastifyInstance, till: Till, more: More): void => {
  /** One thing after the other; what was changed is kept, also where the end of it was a refusal. */
  const doing = <T extends object>(work: () => Promise<T | void>) =>
    till.turn(async () => {
      try {
        const said = (await work()) ?? {}
        return { ...said, view: await viewOf(till) }
      } finally {
        await till.save()
      }
    })
  app.get('/state', () => till.turn(async () => ({ view: await viewOf(till) })))
  mountSelling(app, till, doing, more)
  mountPapers(app, till, doing, more)
  mountMachine(app, till, doing, more)
}

type Doing = <T extends object>(work: () => Promise<T | void>) => Promise<unknown>

const mountSelling = (app: FastifyInstance, till: Till, doing: Doing, { sender }: More): void => {
  app.post('/scans', ({ body }) => doing(() => scan(till, textIn(bodyOf(body), 'text', 400))))
  app.post('/unknown-goods', ({ body }) => {
    const { [0]: barcode = '' } = /^\d{6,14}$/.exec(textIn(bodyOf(body), 'barcode', 14)) ?? []
    const unitFen = wholeIn(bodyOf(body), 'unitFen', FEN_MAX)
    return doing(() =>
      barcode === ''
        ? refuse('input_wrong', '条码是 6 到 14 位数字', 400)
        : addUnknown(till, barcode, unitFen),
    )
  })
  app.post('/lines', ({ body }) =>
    doing(() => setQuantity(till, wholeIn(bodyOf(body), 'at', 200), wholeIn(bodyOf(body), 'quantity', 9999))),
  )
  app.post('/benefits', ({ body }) => {
    const { couponIds, points } = bodyOf(body)
    return doing(() =>
      chooseBenefits(till, {
        ...(couponIds === null ? { couponIds: null } : {}),
        ...(Array.isArray(couponIds) ? { couponIds: couponIds.map(String).slice(0, 3) } : {}),
        ...(typeof points === 'boolean' ? { points } : {}),
      }),
    )
  })
  app.delete('/member', () => doing(() => forgetMember(till)))
  app.delete('/coupon', () => doing(() => forgetCoupon(till)))
  app.delete('/sale', () => doing(() => clear(till)))
  app.post('/payment', () => doing(() => close(till)))
  app.delete('/payment', () => doing(() => reopen(till)))
  app.post('/receipts', ({ body }) =>
    doing(async () => {
      const input = bodyOf(body)
      const receipt = await pay(till, tenderIn(input), wholeIn(input, 'receivedFen', FEN_MAX))
      void sender.send()
      return { paper: paperOf(till, receipt) }
    }),
  )
}

const mountPapers = (app: FastifyInstance, till: Till, doing: Doing, { sender }: More): void => {
  app.get<{ Params: { number: string } }>('/receipts/:number', ({ params }) =>
    till.turn(async () => {
      const found = till.book.receipts.find(({ posTxnId }) => posTxnId === params.number.trim().toUpperCase())
      return { paper: paperOf(till, found ?? saleIn(till, params.number)) }
    }),
  )
  app.post('/returns', ({ body }) =>
    doing(async () => {
      const input = bodyOf(body)
      const wishes = (Array.isArray(input.lines) ? input.lines : []).map((line: unknown): ReturnWish => ({
        lineNo: wholeIn(bodyOf(line), 'lineNo', 200),
        quantity: wholeIn(bodyOf(line), 'quantity', 9999),
        resellable: bodyOf(line).resellable === true,
      }))
      const receipt = await takeBack(till, textIn(input, 'returnOf', 64), wishes, tenderIn(input))
      void sender.send()
      return { paper: paperOf(till, receipt) }
    }),
  )
  // Waits for the round, unlike a sale: somebody pressed the button to see what becomes of it.
  app.post('/uploads', async () => {
    await sender.send()
    return doing(async () => {})
  })
}

const requirePack = async (till: Till): Promise<void> => {
  if (await fetchPack(till)) return
  const why = till.trouble === null ? '商城没有回应' : `商城没有答应（${till.trouble}）`
  refuse('no_pack', `${why}，离线包没取到；连上了会自己再取`, 502)
}

const mountMachine = (app: FastifyInstance, till: Till, doing: Doing, { sender, friendly }: More): void => {
  const { book } = till
  app.post('/line', ({ body }) =>
    doing(async () => {
      book.cut = bodyOf(body).cut === true
      till.reached = true
      if (!book.cut) void sender.send()
    }),
  )
  app.post('/luck', ({ body }) => {
    const { next } = bodyOf(body)
    const luck =
      BAD_LUCK.find((each) => each === next) ??
      refuse('input_wrong', `next is one of ${BAD_LUCK.join(', ')}`, 400)
    return doing(async () => void till.luck.push(luck))
  })
  app.post('/key', ({ body }) =>
    doing(async () => {
      const input = bodyOf(body)
      const origin = textIn(input, 'origin', 200).replace(/\/+$/, '')
      // A secret is not sent through the open but on this machine.
      if (
        !URL.canParse(origin) ||
        new URL(origin).origin !== origin ||
        !(origin.startsWith('https:') || isFriendly(friendly, origin))
      )
        refuse('input_wrong', '商城地址要像 https://shop.example.com；只有本机可以用 http', 400)
      const keyId = textIn(input, 'keyId', 40).trim()
      if (!/^lk_[\w-]{16}$/.test(keyId)) refuse('input_wrong', '钥匙编号以 lk_ 开头，共 19 位', 400)
      await keepKey(till.dataDir, { origin, keyId, secret: textIn(input, 'secret', 200).trim() })
      Object.assign(till, { trouble: null, reached: true })
      await requirePack(till)
    }),
  )
  app.post('/place', ({ body }) =>
    doing(async () => {
      const input = bodyOf(body)
      const storeId = textIn(input, 'storeId', 20).trim()
      const terminal = textIn(input, 'terminal', 20).trim()
      if (!/^[A-Za-z0-9-]+$/.test(storeId) || !/^[A-Za-z0-9-]+$/.test(terminal))
        refuse('input_wrong', '门店号和机号用字母、数字', 400)
      await clear(till)
      book.place = { storeId, storeName: textIn(input, 'storeName', 20).trim(), terminal }
      Object.assign(book, { pack: null })
      till.trouble = null
      void sender.send()
    }),
  )
  app.post('/day-pack', () => doing(() => requirePack(till)))
}
