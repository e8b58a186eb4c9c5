import { box, type Canvas, COLOUR, createCanvas, type Letters, type Sheet } from './canvas.ts'
import { breakLines } from './lines.ts'
import type { Described } from './subjects.ts'
import { yuan } from './words.ts'

/** What a card or a poster says. All of it, so that what was drawn once is known by it. */
export interface Content {
  described: Described
  storeName: string
  storeAddress: string
  /** The name of who passes it on, masked; empty for somebody without one. */
  sharer: string
  /** Of the prices: `11 月 24 日`. */
  dayWords: string
}

const WIDTH = 750
const HOW = '线上下单，到店自提'

/** A store that is passed on itself: its name stands above already. */
const isStore = ({ described, storeName }: Content): boolean => described.name === storeName

/** What the price was, beside what it is now. */
function basePrice(canvas: Canvas, { price }: Described, at: { x: number; y: number; size: number }): void {
  if (!price?.base) return
  const end = canvas.write(price.base.words, { ...at, fill: COLOUR.ink3 })
  canvas.struck(`¥${yuan(price.base.fen)}`, { ...at, x: end + 10, fill: COLOUR.ink3 })
}

/** The price, why it is lower, and what it was; in one line beside it the store. */
function cardPrice(
  canvas: Canvas,
  { described, storeName }: Content,
  at: { y: number; letters: Letters },
): void {
  const { price } = described
  if (!price) return
  const { y, letters } = at
  const end = canvas.price(price.fen, { x: 36, y, size: 76 })
  const unit =
    price.unit === '' ? end : canvas.write(`/${price.unit}`, { x: end + 6, y, size: 30, fill: COLOUR.ink3 })
  if (price.tag)
    canvas.pill(price.tag, {
      x: unit + 18,
      y: y - 4,
      size: 26,
      ink: COLOUR.brandInk,
      ground: COLOUR.brandSoft,
    })
  basePrice(canvas, described, { x: 36, y: y + 48, size: 28 })
  const measure = (text: string) => letters.width(text, 28, false)
  const [name = ''] = breakLines(storeName, { most: 260, lines: 1, measure })
  const beside = price.base ? y + 48 : y
  canvas.write(name, { x: WIDTH - 36, y: beside, size: 28, end: 'right', fill: COLOUR.ink2 })
}

/** 5:4, as a message to friends shows it: the thing and its price; its name stands above it in the message. */
export function cardSheet(content: Content, letters: Letters): Sheet {
  const height = 600
  const canvas = createCanvas(letters)
  const { price, pictureId } = content.described
  const top = height - (price?.base ? 168 : price ? 128 : 150)
  canvas.lay(box(0, 0, WIDTH, height), COLOUR.card)
  if (pictureId === null) {
    canvas.lay(box(0, 0, WIDTH, top), COLOUR.brandSoft)
    canvas.mark(WIDTH / 2 - 90, top / 2 - 100, 180)
  }
  cardPrice(canvas, content, { y: top + 92, letters })
  if (!price) {
    const measure = (text: string) => letters.width(text, 44, true)
    const [name = ''] = breakLines(content.described.name, { most: WIDTH - 72, lines: 1, measure })
    canvas.write(name, { x: 36, y: top + 68, size: 44, bold: true, fill: COLOUR.ink })
    const note = isStore(content) ? HOW : content.described.note
    canvas.write(note, { x: 36, y: top + 116, size: 30, fill: COLOUR.ink2 })
  }
  return canvas.sheet(WIDTH, height, {
    picture: pictureId === null ? null : box(0, 0, WIDTH, top),
    code: null,
  })
}

/** 9:16, as a telephone shows it whole. */
const POSTER_HEIGHT = 1334
const EDGE = 32
const INNER = 68
const CODE = 208

/** The words about the thing; says where they end. */
function about(
  canvas: Canvas,
  { described }: Content,
  { top, letters }: { top: number; letters: Letters },
): number {
  const { name, note, price } = described
  let y = top
  if (price) {
    y += 92
    const end = canvas.price(price.fen, { x: INNER, y, size: 72 })
    const unit =
      price.unit === '' ? end : canvas.write(`/${price.unit}`, { x: end + 6, y, size: 28, fill: COLOUR.ink3 })
    if (price.tag)
      canvas.pill(price.tag, {
        x: unit + 18,
        y: y - 4,
        size: 24,
        ink: COLOUR.brandInk,
        ground: COLOUR.brandSoft,
      })
    if (price.base) {
      y += 46
      basePrice(canvas, described, { x: INNER, y, size: 26 })
    }
  }
  const most = WIDTH - 2 * INNER
  const names = breakLines(name, { most, lines: 2, measure: (text) => letters.width(text, 40, true) })
  for (const [i, line] of names.entries()) {
    y += i === 0 ? 62 : 54
    canvas.write(line, { x: INNER, y, size: 40, bold: true, fill: COLOUR.ink })
  }
  const [line] = breakLines(note, { most, lines: 1, measure: (text) => letters.width(text, 28, false) })
  if (line === undefined) return y
  y += 46
  canvas.write(line, { x: INNER, y, size: 28, fill: COLOUR.ink2 })
  return y
}

/** Who says so, where it is, and the code. */
function invitation(
  canvas: Canvas,
  content: Content,
  { top, letters }: { top: number; letters: Letters },
): void {
  const { sharer, storeName, storeAddress } = content
  const most = WIDTH - 2 * INNER - CODE - 32
  const lines = (text: string, size: number, count: number, bold = false) =>
    breakLines(text, { most, lines: count, measure: (each) => letters.width(each, size, bold) })
  let y = top + 46
  const [who = ''] = lines(sharer === '' ? '邻居分享给您' : `${sharer} 分享给您`, 30, 1, true)
  canvas.write(who, { x: INNER, y, size: 30, bold: true, fill: COLOUR.ink })
  y += 8
  const where = isStore(content) ? [] : [...lines(storeName, 26, 1), ...lines(storeAddress, 26, 2)]
  for (const line of where) {
    y += 38
    canvas.write(line, { x: INNER, y, size: 26, fill: COLOUR.ink2 })
  }
  canvas.write('微信里长按识别，打开就能买', { x: INNER, y: top + CODE - 2, size: 24, fill: COLOUR.ink3 })
}

/** A poster: the picture, the price as it is, the store, who passes it on, and the code. */
export function posterSheet(content: Content, letters: Letters): Sheet {
  const canvas = createCanvas(letters)
  const { described, storeName, dayWords } = content
  const cardTop = 144
  const cardEnd = POSTER_HEIGHT - (described.price ? 88 : 40)
  const invitedTop = cardEnd - CODE - 40
  const words = invitedTop - 72
  // Written once to know how high it is: the picture has all that is left above.
  const pictureHeight = words - cardTop - about(createCanvas(letters), content, { top: 0, letters })

  canvas.lay(box(0, 0, WIDTH, POSTER_HEIGHT), COLOUR.page)
  canvas.mark(EDGE + 4, 36, 72)
  const [store = ''] = breakLines(storeName, {
    most: WIDTH - 2 * EDGE - 100,
    lines: 1,
    measure: (text) => letters.width(text, 36, true),
  })
  canvas.write(store, { x: EDGE + 96, y: 70, size: 36, bold: true, fill: COLOUR.ink })
  canvas.write(HOW, { x: EDGE + 96, y: 106, size: 26, fill: COLOUR.ink3 })
  canvas.lay(box(EDGE, cardTop, WIDTH - 2 * EDGE, cardEnd - cardTop, 24), COLOUR.card)
  const pictureBox = {
    ...box(EDGE, cardTop, WIDTH - 2 * EDGE, pictureHeight),
    radii: [24, 24, 0, 0] as const,
  }
  if (described.pictureId === null) {
    canvas.lay(pictureBox, COLOUR.brandSoft)
    canvas.mark(WIDTH / 2 - 90, cardTop + pictureHeight / 2 - 92, 180)
  }
  about(canvas, content, { top: cardTop + pictureHeight, letters })
  canvas.line(INNER, words + 38, WIDTH - 2 * INNER, { colour: COLOUR.line })
  invitation(canvas, content, { top: invitedTop, letters })
  if (described.price)
    canvas.write(`${dayWords}的价格，以下单时为准`, {
      x: WIDTH / 2,
      y: cardEnd + 52,
      size: 24,
      end: 'middle',
      fill: COLOUR.ink3,
    })
  return canvas.sheet(WIDTH, POSTER_HEIGHT, {
    picture: described.pictureId === null ? null : pictureBox,
    code: box(WIDTH - INNER - CODE, invitedTop, CODE, CODE),
  })
}
