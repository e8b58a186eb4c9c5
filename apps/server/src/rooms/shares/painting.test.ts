import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { type Box, type Letters } from './canvas.ts'
import { createDrawing } from './drawing.ts'
import { openLetters } from './letters.ts'
import { cardSheet, type Content, posterSheet } from './sheets.ts'
import { titleOf } from './words.ts'

const apple: Content = {
  described: {
    name: '内丘富岗苹果',
    note: '脆甜多汁',
    pictureId: 'p',
    price: { fen: 1990, unit: '份', base: { fen: 2590, words: '前 7 天最低价' }, tag: '线上专享' },
  },
  storeName: '一店',
  storeAddress: '新华路 1 号',
  sharer: '刘*芳',
  dayWords: '11 月 24 日',
}
const store: Content = {
  ...apple,
  described: { name: '一店', note: '新华路 1 号', pictureId: null, price: null },
}

/** Says what was written in place of drawing it. */
const spoken = (): { letters: Letters; said: string[] } => {
  const said: string[] = []
  return {
    said,
    letters: {
      width: (text, size) => text.length * size,
      outlines: (text) => {
        said.push(text)
        return ''
      },
    },
  }
}

test('a poster says the price as it is, what it was, whose it is, from which store, and until when to believe it', () => {
  const { letters, said } = spoken()
  const { code, picture } = posterSheet(apple, letters)
  const whole = said.join('|')
  for (const words of [
    '19|.90',
    '/份',
    '线上专享',
    '前 7 天最低价|¥25.90',
    '内丘富岗苹果',
    '刘*芳 分享给您',
    '一店',
    '11 月 24 日的价格，以下单时为准',
  ])
    assert.ok(whole.includes(words), words)
  assert.ok(code && picture)
})

test('nothing is struck through that no history bears out, and a store has no price', () => {
  const { letters, said } = spoken()
  const { price } = apple.described
  assert.ok(price)
  posterSheet({ ...apple, described: { ...apple.described, price: { ...price, base: null } } }, letters)
  cardSheet({ ...apple, described: { ...apple.described, price: { ...price, base: null } } }, letters)
  posterSheet(store, letters)
  cardSheet(store, letters)
  assert.equal(
    said.some((text) => text.includes('25.90') || text.includes('最低价')),
    false,
  )
  assert.equal(titleOf(apple.described), '内丘富岗苹果 ¥19.90/份')
  assert.equal(titleOf(store.described), '一店：线上下单，到店自提')
})

test('everything that is asked for by a font is outlines; rare signs of names and goods are there, and emoji leave no trace', async () => {
  const letters = await openLetters()
  const { svg } = posterSheet(apple, letters)
  assert.equal(/<text|font-family/.test(svg), false, 'whoever paints it needs no font')
  for (const sign of ['喆', '堃', '祎', '镕', '鲅', '馓', '㸆', '〇', '¥', '…'])
    assert.ok(letters.width(sign, 100, true) > 20, sign)
  assert.equal(letters.width('😀', 100, false), 0)
  assert.equal(Math.round(letters.width('邻里', 100, false)), 200)
})

test('pictures are drawn beside the event loop, with the product and the code where they belong', async () => {
  const drawing = createDrawing()
  const colour = async (background: string) =>
    sharp({ create: { width: 300, height: 300, channels: 3, background } })
      .png()
      .toBuffer()
  const [red, blue] = [await colour('#ff0000'), await colour('#0000ff')]
  try {
    const [poster, card] = await Promise.all([
      drawing.draw({ kind: 'poster', content: apple, picture: red, code: blue }),
      drawing.draw({ kind: 'card', content: apple, picture: red, code: null }),
    ])
    assert.ok(poster && card)
    const size = await sharp(card).metadata()
    assert.deepEqual([size.format, size.width, size.height], ['jpeg', 750, 600])
    const middle = async (picture: Buffer, { left, top, width, height }: Box) => {
      const { data } = await sharp(picture)
        .extract({
          left: left + Math.round(width / 2),
          top: top + Math.round(height / 2),
          width: 1,
          height: 1,
        })
        .raw()
        .toBuffer({ resolveWithObject: true })
      return [...data].map((level) => Math.round(level / 255))
    }
    const sheet = posterSheet(apple, await openLetters())
    assert.ok(sheet.picture && sheet.code)
    assert.deepEqual(await middle(poster, sheet.picture), [1, 0, 0])
    assert.deepEqual(await middle(poster, sheet.code), [0, 0, 1])
    await assert.rejects(
      drawing.draw({ kind: 'card', content: apple, picture: Buffer.from('no picture'), code: null }) ??
        Promise.resolve(),
    )
    assert.ok(
      await drawing.draw({ kind: 'card', content: store, picture: null, code: null }),
      'one that fails harms no other',
    )
  } finally {
    await drawing.close()
  }
})

test('only so many wait for a picture', async () => {
  const drawing = createDrawing()
  const asked = Array.from({ length: 41 }, () =>
    drawing.draw({ kind: 'card', content: store, picture: null, code: null }),
  )
  const drawn = asked.filter((each) => each !== undefined)
  assert.equal(drawn.length, 40)
  const ended = Promise.allSettled(drawn)
  await drawing.close()
  for (const { status } of await ended) assert.equal(status, 'rejected')
})
