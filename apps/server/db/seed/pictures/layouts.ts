// How things stand on a card. Everything stays between 14 and 86 of the height, because the gallery crops the rest.
import { zoneOf, type ZoneCode } from '../zones.ts'
import type { Art, Place } from './art.ts'
import type { Recipe } from './compose.ts'

type Thing = Place & { readonly art: Art }

/** Stand an art at its foot point; `size` is its longer side in hundredths of the card. */
export const stand = (piece: Art, x: number, y: number, size: number, more: Partial<Place> = {}): Thing => ({
  art: piece,
  x,
  y,
  size,
  ...more,
})

export const card = (zone: ZoneCode, ...things: Thing[]): Recipe => ({ tint: zoneOf(zone), things })

export const one = (zone: ZoneCode, piece: Art, size = 62, turn = 0): Recipe =>
  card(
    zone,
    stand(piece, 50, 50 + size * 0.5 * (piece.height / Math.max(piece.width, piece.height)), size, { turn }),
  )

/** A pack at the back left and its content in front at the right. */
export const withContent = (
  zone: ZoneCode,
  pack: Art,
  content: Art,
  packSize = 62,
  contentSize = 38,
): Recipe => card(zone, stand(pack, 40, 81, packSize, { turn: -3 }), stand(content, 66, 84, contentSize))

/** Two at the back and one in front. */
export const trio = (zone: ZoneCode, piece: Art, size = 42, [a, b, c] = [-8, 9, 0]): Recipe =>
  card(
    zone,
    stand(piece, 34, 66, size * 0.9, { turn: a }),
    stand(piece, 66, 65, size * 0.9, { turn: b }),
    stand(piece, 50, 80, size, { turn: c }),
  )

/** Three at the back, two in front: eggs, chestnuts, tangerines. */
export const five = (zone: ZoneCode, piece: Art, size = 30): Recipe =>
  card(
    zone,
    stand(piece, 29, 64, size, { turn: -6 }),
    stand(piece, 50, 60, size, { turn: 2 }),
    stand(piece, 71, 64, size, { turn: 8 }),
    stand(piece, 39, 77, size * 1.06, { turn: -4 }),
    stand(piece, 61, 77, size * 1.06, { turn: 5 }),
  )
