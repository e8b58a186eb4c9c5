import type { ZoneCode } from '../zones.ts'
import { at, emoji, type Art } from './art.ts'
import { napaCabbage } from './draw-vegetables.ts'

/** One thing per zone; the tile behind it is the zone's tint, so the picture itself is transparent. */
const ICONS: Record<ZoneCode, Art> = {
  V: napaCabbage,
  G: emoji('1f34e'),
  M: emoji('1f969'),
  D: emoji('1f95b'),
  L: emoji('1f33e'),
  S: emoji('1f36a'),
  B: emoji('1f9c3'),
  F: emoji('1f95f'),
  C: emoji('1f9fb'),
  H: emoji('1f373'),
}

export const iconMarkup = (zone: ZoneCode): string => at(ICONS[zone], { x: 50, y: 92, size: 84 })
