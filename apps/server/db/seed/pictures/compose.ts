import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { at, type Art, type Place } from './art.ts'
import { light, mix, radial, veil, withGradients } from './colour.ts'
import { toneMatrix } from './tones.ts'

/** A product card: a tint (paper and ink of a zone, or its own pair) and the things that stand on it, back to front. */
export type Recipe = {
  readonly tint: { readonly tint: string; readonly ink: string }
  readonly things: readonly (Place & { readonly art: Art })[]
}
export type PictureFiles = { s: Buffer; m: Buffer; l: Buffer }

/** Sides in pixels: list rows, feed cards at 2×, and the gallery. */
export const SIDES = { s: 180, m: 400, l: 800 } as const
/** Careful chroma costs twice the time and shows only where a pixel of the picture is a pixel of the screen. */
const webp = (side: number) => ({ quality: 84, effort: 3, smartSubsample: side < SIDES.l })
/** Changing how pictures are put together changes every cache key. */
const COMPOSER_VERSION = 1

/** Looked up when the first picture is drawn: a production install has no illustrations, and needs none. */
const assetsFolder = (): string =>
  path.join(
    path.dirname(createRequire(import.meta.url).resolve('@lobehub/fluent-emoji-3d/package.json')),
    'assets',
  )
const EMOJI_TAG = /<emoji code="([^"]+)" tone="([^"]*)"\/>/g
const EMOJI_SIDE = 512

/** The illustration without its margins, enlarged once by Lanczos: SVG renderers enlarge by a softer filter. */
async function illustration(code: string, tone: string): Promise<string> {
  const file = await readFile(path.join(assetsFolder(), `${code}.webp`))
  const trimmed = sharp(await sharp(file).ensureAlpha().trim({ threshold: 2 }).png().toBuffer())
  const toned = tone === '' ? trimmed : trimmed.recomb(toneMatrix(tone))
  const png = await toned
    .resize(EMOJI_SIDE, EMOJI_SIDE, { fit: 'inside', kernel: 'lanczos3' })
    .png({ compressionLevel: 1 })
    .toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}

async function withIllustrations(markup: string): Promise<string> {
  const wanted = new Map(
    [...markup.matchAll(EMOJI_TAG)].map((hit) => [hit[0], [hit[1] ?? '', hit[2] ?? ''] as const]),
  )
  const images = new Map<string, string>()
  for (const [tag, [code, tone]] of wanted) images.set(tag, await illustration(code, tone))
  return markup.replaceAll(
    EMOJI_TAG,
    (tag) =>
      `<image href="${images.get(tag)}" width="100" height="100" preserveAspectRatio="xMidYMax meet"/>`,
  )
}

function shadowOf(piece: Art, place: Place, ink: string): string {
  const share = place.shadow ?? 0.92
  if (share === 0) return ''
  const width = (place.size * piece.width) / Math.max(piece.width, piece.height)
  const rx = (width * share) / 2 + 2
  const tone = mix(ink, '#1d0f26', 0.6)
  const fill = radial(0.5, 0.5, 0.5, veil(tone, 0.36), `${veil(tone, 0.25)}@0.5`, `${veil(tone, 0)}@1`)
  return `<ellipse cx="${place.x}" cy="${place.y - 0.2}" rx="${rx}" ry="${Math.max(1.6, rx * 0.13)}" fill="${fill}"/>`
}

/** The whole picture as SVG source; it is also what the cache key is made from. */
export function cardMarkup({ tint, things }: Recipe): string {
  const top = light(tint.tint, 0.16)
  const table = `paint(0 0 0 1;${mix(top, tint.ink, 0.025)} ${mix(tint.tint, tint.ink, 0.12)})`
  const body = things
    .map(({ art: piece, ...place }) => shadowOf(piece, place, tint.ink) + at(piece, place))
    .join('')
  return `<rect width="100" height="100" fill="${top}"/><rect y="62" width="100" height="38" fill="${table}"/>${body}`
}

/** What a picture is kept under. */
export const pictureKey = (markup: string): string =>
  createHash('sha256').update(`${COMPOSER_VERSION}\n${markup}`).digest('hex')

/** Render markup in a view box to pixels. */
export async function rasterise(markup: string, box: string, width: number, height: number): Promise<Sharp> {
  const body = withGradients(await withIllustrations(markup))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}">${body}</svg>`
  return sharp(Buffer.from(svg), { unlimited: true })
}

/** Three webp sizes of any square picture; transparent where nothing is drawn. */
export async function renderSquare(markup: string): Promise<PictureFiles> {
  const drawn = await rasterise(markup, '0 0 100 100', SIDES.l, SIDES.l)
  const { data, info } = await drawn.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const sized = (side: number): Promise<Buffer> => {
    const image = sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
    return (side === info.width ? image : image.resize(side, side)).webp(webp(side)).toBuffer()
  }
  const [s, m, l] = await Promise.all([sized(SIDES.s), sized(SIDES.m), sized(SIDES.l)])
  return { s, m, l }
}

/** Draw a product card in its three sizes. The same recipe gives the same bytes. */
export const composePicture = (recipe: Recipe): Promise<PictureFiles> => renderSquare(cardMarkup(recipe))
