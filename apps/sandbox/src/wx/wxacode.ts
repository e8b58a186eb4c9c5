/**
 * getwxacodeunlimit: a code that opens a page of the mini-program with a scene. The real one is round and only WeChat reads it; here it is a QR code that
 * any telephone reads, and it opens the shop in a browser.
 */
import makeQr from 'qrcode-generator'
import { png } from './png.ts'

type Given = Record<string, unknown>
type Refused = { errcode: number; errmsg: string }

const SCENE = /^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/
const PAGE = /^(?:pages|packages)\/[\w/-]+$/
const QUIET_ZONE = 4
const LEAST_WIDTH = 280
const MOST_WIDTH = 1280

/** The picture, or with which words the real service refuses. */
export const drawWxacode = (body: Given, origin: string): Buffer | Refused => {
  const { scene, page = '', width = 430 } = body
  if (typeof scene !== 'string' || !SCENE.test(scene))
    return { errcode: 40169, errmsg: 'invalid length for scene, or the data is not json string' }
  if (typeof page !== 'string' || (page !== '' && !PAGE.test(page)))
    return { errcode: 41030, errmsg: 'invalid page' }
  const wide = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Number(width) || LEAST_WIDTH))
  const code = makeQr(0, 'M')
  code.addData(`${origin}/wxacode?${new URLSearchParams({ page, scene }).toString()}`)
  code.make()
  const count = code.getModuleCount()
  const scale = Math.max(1, Math.floor(wide / (count + 2 * QUIET_ZONE)))
  const moduleAt = (pixel: number) => Math.floor(pixel / scale) - QUIET_ZONE
  const isInside = (at: number) => at >= 0 && at < count
  return png((count + 2 * QUIET_ZONE) * scale, (x, y) => {
    const [column, row] = [moduleAt(x), moduleAt(y)]
    return isInside(column) && isInside(row) && code.isDark(row, column)
  })
}

/** Where a scanned code leads: the page of the shop, with its scene as WeChat hands it over. */
export const wxacodeTarget = (shopOrigin: string, given: Given): string | null => {
  const { page, scene } = given
  if (typeof page !== 'string' || !PAGE.test(page) || typeof scene !== 'string' || !SCENE.test(scene))
    return null
  return `${shopOrigin}/${page}?scene=${encodeURIComponent(scene)}`
}
