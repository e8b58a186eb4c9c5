import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { GOODS } from './goods.ts'
import { composePicture } from './pictures.ts'
import { banners, renderBanner } from './pictures/banners.ts'
import { cached } from './pictures/cache.ts'
import { CARDS, cardOf } from './pictures/cards.ts'
import { cardMarkup } from './pictures/compose.ts'
import { words } from './pictures/lettering.ts'
import { toneMatrix } from './pictures/tones.ts'

test('every product has a picture of its own, and no picture is without a product', () => {
  assert.deepEqual(Object.keys(CARDS).toSorted(), GOODS.map(({ name }) => name).toSorted())
  const markups = GOODS.map(({ name }) => cardMarkup(cardOf(name)))
  assert.equal(new Set(markups).size, GOODS.length)
  assert.throws(() => cardOf('没有的东西'), /no picture/)
})

test('what stands on a card stays where the gallery shows it, and is neither tiny nor cut off', () => {
  for (const { name } of GOODS)
    for (const { art, x, y, size } of cardOf(name).things) {
      const scale = size / Math.max(art.width, art.height)
      const top = y - art.height * scale
      assert.ok(y <= 86 && top >= 8, `${name}: from ${top} to ${y}`)
      const half = (art.width * scale) / 2
      assert.ok(x - half >= 2 && x + half <= 98, `${name}: from ${x - half} to ${x + half}`)
    }
})

test('no drawing holds a number that is none', () => {
  for (const { name } of GOODS) {
    const markup = cardMarkup(cardOf(name))
    assert.doesNotMatch(markup, /NaN|undefined|Infinity/, name)
  }
})

test('the same recipe gives the same bytes, in three sizes', async () => {
  const recipe = cardOf('猪肉大葱水饺 1kg')
  const [first, second] = [await composePicture(recipe), await composePicture(recipe)]
  for (const [size, side] of Object.entries({ s: 180, m: 400, l: 800 }) as ['s' | 'm' | 'l', number][]) {
    assert.ok(first[size].equals(second[size]), `size ${size}`)
    const { width, height, format } = await sharp(first[size]).metadata()
    assert.deepEqual({ width, height, format }, { width: side, height: side, format: 'webp' })
  }
  assert.ok(first.s.length < 12_000 && first.l.length < 90_000)
})

test('banners are three pixels to a point and small enough for a phone', async () => {
  const sheets = banners()
  assert.equal(sheets.length, 3)
  for (const sheet of sheets) {
    const webp = await renderBanner(sheet)
    const { width, height } = await sharp(webp).metadata()
    assert.deepEqual({ width, height }, { width: 1053, height: 492 })
    assert.ok(webp.length < 60_000, `${sheet.id}: ${webp.length} bytes`)
  }
})

test('letters without an outline are refused rather than left out', () => {
  assert.match(words('小雪', { hand: 'serif', x: 0, y: 0, size: 10, fill: '#000000' }), /<path/)
  assert.throws(
    () => words('龘', { hand: 'serif', x: 0, y: 0, size: 10, fill: '#000000' }),
    /no serif outline/,
  )
})

test('tones: nothing keeps a colour, no saturation makes it grey, brightness scales it', () => {
  assert.deepEqual(toneMatrix(''), [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
  const [red, green] = toneMatrix('saturate(0)')
  assert.deepEqual(red, green)
  assert.equal(toneMatrix('brightness(.5)')[1][1], 0.5)
  const turned = toneMatrix('hue-rotate(360deg)')
  assert.ok(Math.abs(turned[0][0] - 1) < 1e-9 && Math.abs(turned[0][1]) < 1e-9)
  assert.throws(() => toneMatrix('blur(3px)'), /unknown tone/)
})

test('the cache draws once and keeps only whole files', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-pictures-'))
  try {
    let drawn = 0
    const draw = () => {
      drawn += 1
      return Promise.resolve(Buffer.from('picture'))
    }
    const first = await cached(folder, '<svg/>', 's', draw)
    assert.ok((await cached(folder, '<svg/>', 's', draw)).equals(first))
    assert.equal(drawn, 1)
    await cached(folder, '<svg id="other"/>', 's', draw)
    assert.equal(drawn, 2, 'another recipe is another picture')
    assert.ok((await readdir(folder)).every((file) => file.endsWith('.webp')))
  } finally {
    await rm(folder, { recursive: true })
  }
})
