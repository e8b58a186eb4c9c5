/** `350 米`, `1.2 公里`, `31 公里`; nothing when the position is not known. */
export function distanceText(metres: number | null): string {
  if (metres === null) return ''
  if (metres < 1000) return `${Math.max(10, Math.round(metres / 10) * 10)} 米`
  return metres < 10_000 ? `${(metres / 1000).toFixed(1)} 公里` : `${Math.round(metres / 1000)} 公里`
}

export interface Position {
  lng: number
  lat: number
}

const EARTH_RADIUS_M = 6_378_245 // Krasovsky 1940, as GCJ-02 uses it
const FLATTENING = 0.006_693_421_622_965_943

/**
 * A browser's WGS-84 position as GCJ-02, which Chinese maps and our stores use. Without it every distance is some 500 m
 * off. Valid within China, where every store is.
 */
export function toGcj02({ lng, lat }: Position): Position {
  const x = lng - 105
  const y = lat - 35
  const phi = (lat / 180) * Math.PI
  const magic = 1 - FLATTENING * Math.sin(phi) ** 2
  const dLat =
    (shiftLat(x, y) * 180) / (((EARTH_RADIUS_M * (1 - FLATTENING)) / (magic * Math.sqrt(magic))) * Math.PI)
  const dLng = (shiftLng(x, y) * 180) / ((EARTH_RADIUS_M / Math.sqrt(magic)) * Math.cos(phi) * Math.PI)
  return { lng: lng + dLng, lat: lat + dLat }
}

const wave = (value: number, ...terms: [amplitude: number, divisor: number][]): number =>
  terms.reduce(
    (sum, [amplitude, divisor]) => sum + (amplitude * Math.sin((value / divisor) * Math.PI) * 2) / 3,
    0,
  )

const shiftLat = (x: number, y: number): number =>
  -100 +
  2 * x +
  3 * y +
  0.2 * y * y +
  0.1 * x * y +
  0.2 * Math.sqrt(Math.abs(x)) +
  wave(x, [20, 1 / 6], [20, 1 / 2]) +
  wave(y, [20, 1], [40, 3], [160, 12], [320, 30])

const shiftLng = (x: number, y: number): number =>
  300 +
  x +
  2 * y +
  0.1 * x * x +
  0.1 * x * y +
  0.1 * Math.sqrt(Math.abs(x)) +
  wave(x, [20, 1 / 6], [20, 1 / 2], [20, 1], [40, 3], [150, 12], [300, 30])
