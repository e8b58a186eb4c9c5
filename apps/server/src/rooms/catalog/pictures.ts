import { createHash } from 'node:crypto'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { overloaded, refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import { type PicturePaths, picturePaths } from './cards.ts'
import * as sql from './pictures.sql.ts'
import { pictureTooLarge, pictureTooSmall, pictureUnreadable } from './problems.ts'

/** Longest sides in pixels: a card in a list, a card in the feed, the product page. */
const SIZES = { s: 240, m: 480, l: 1200 } as const
const QUALITY = 82
const FEWEST_PIXELS = 200
const MOST_PIXELS = 40_000_000
const MOST_AT_ONCE = 4
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp'])

/** Takes pictures in: the content decides what they are, three sizes are made of each, and one picture is kept once. */
export interface Pictures {
  add(call: AuditedCall, bytes: Buffer): Promise<PicturePaths>
  /** A shopper's photo as it may be kept: content checked, upright, without what the camera wrote into it. Nothing is stored here. */
  clean(bytes: Buffer): Promise<Buffer>
}

/** What the bytes say they are, read from their head without decoding the pixels. */
async function sniff(bytes: Buffer): Promise<Metadata & { width: number; height: number }> {
  let head: Metadata
  try {
    head = await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch {
    return refuse(pictureUnreadable)
  }
  const { format, width, height } = head
  if (!format || !FORMATS.has(format) || !width || !height) return refuse(pictureUnreadable)
  if (width * height > MOST_PIXELS) refuse(pictureTooLarge, { width, height, mostPixels: MOST_PIXELS })
  if (Math.min(width, height) < FEWEST_PIXELS)
    refuse(pictureTooSmall, { width, height, fewest: FEWEST_PIXELS })
  return { ...head, width, height }
}

/** Turned upright and freed of what the camera wrote into it. */
const upright = (bytes: Buffer): Sharp =>
  sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate()

async function smaller(picture: Sharp, side: number): Promise<Buffer> {
  try {
    return await picture
      .clone()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer()
  } catch {
    return refuse(pictureUnreadable) // a right head with a broken body
  }
}

function resized(bytes: Buffer): Promise<sql.PictureFile[]> {
  const picture = upright(bytes)
  return Promise.all(
    Object.entries(SIZES).map(async ([size, side]) => ({ size, webp: await smaller(picture, side) })),
  )
}

export function createPictures({ db, clock }: Pick<Ctx, 'db' | 'clock'>, staff: Staff): Pictures {
  let running = 0

  async function make(call: AuditedCall, bytes: Buffer, sha256: Buffer): Promise<string> {
    const { width, height } = await sniff(bytes)
    const files = await resized(bytes)
    const id = newId()
    return inTx(db, async (tx) => {
      if (!(await sql.insertPicture(tx, { id, sha256, width, height, at: clock.now() }))) {
        const same = await sql.findBySha256(tx, sha256) // somebody sent it at the same moment
        return same?.id ?? refuse(pictureUnreadable)
      }
      await sql.insertFiles(tx, id, files)
      await staff.audit(tx, call, {
        action: 'catalog.picture_added',
        subject: `picture:${id}`,
        after: { width, height },
      })
      return id
    })
  }

  // Each takes a core and some hundred megabytes: beyond a few at once, ask again.
  async function fewAtOnce<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MOST_AT_ONCE) refuse(overloaded)
    running++
    try {
      return await work()
    } finally {
      running--
    }
  }

  return {
    async add(call, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest()
      const known = await sql.findBySha256(db, sha256)
      if (known) return picturePaths(known.id)
      return picturePaths(await fewAtOnce(() => make(call, bytes, sha256)))
    },
    clean: (bytes) =>
      fewAtOnce(async () => {
        await sniff(bytes)
        return smaller(upright(bytes), SIZES.l)
      }),
  }
}
