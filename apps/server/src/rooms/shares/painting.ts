import sharp, { type OverlayOptions } from 'sharp'
import { type Box, box, boxPath, type Letters } from './canvas.ts'
import { cardSheet, type Content, posterSheet } from './sheets.ts'

export interface Work {
  kind: 'card' | 'poster'
  content: Content
  /** The product's picture, if it has one. */
  picture: Uint8Array | null
  /** The 小程序码 of a poster. */
  code: Uint8Array | null
}

const QUALITY = 88
const WHITE = '#FFFFFF'

const corners = ({ width, height, radii }: Box): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="${boxPath({ ...box(0, 0, width, height), radii })}"/></svg>`,
  )

/** A photograph that fills its place, with the corners of its place. */
const fitted = async (bytes: Uint8Array, place: Box): Promise<OverlayOptions> => ({
  input: await sharp(bytes)
    .resize(place.width, place.height, { fit: 'cover' })
    .composite([{ input: corners(place), blend: 'dest-in' }])
    .png()
    .toBuffer(),
  left: place.left,
  top: place.top,
})
/** A code whole, on white, its edges left sharp. */
const whole = async (bytes: Uint8Array, place: Box): Promise<OverlayOptions> => ({
  input: await sharp(bytes)
    .flatten({ background: WHITE })
    .resize(place.width, place.height, { fit: 'contain', background: WHITE })
    .png()
    .toBuffer(),
  left: place.left,
  top: place.top,
})

/** Paints one card or poster; JPEG, as WeChat and photo albums take it. */
export async function paint({ kind, content, picture, code }: Work, letters: Letters): Promise<Buffer> {
  const sheet = (kind === 'card' ? cardSheet : posterSheet)(content, letters)
  const overlays = await Promise.all([
    ...(sheet.picture && picture ? [fitted(picture, sheet.picture)] : []),
    ...(sheet.code && code ? [whole(code, sheet.code)] : []),
  ])
  return sharp(Buffer.from(sheet.svg))
    .flatten({ background: WHITE })
    .composite(overlays)
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer()
}
