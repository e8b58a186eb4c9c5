import makeQr from 'qrcode-generator'

/** Modules of blank around the code; scanners need four. */
const QUIET_ZONE = 4

/** A QR code as SVG text, black on white, one path: rows of dark modules become horizontal bars. */
export function qrSvg(text: string): string {
  const code = makeQr(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  let bars = ''
  for (let row = 0; row < count; row++) {
    for (let from = 0; from < count; from++) {
      if (!code.isDark(row, from)) continue
      let to = from
      while (to < count && code.isDark(row, to)) to++
      bars += `M${from + QUIET_ZONE} ${row + QUIET_ZONE}h${to - from}v1h${from - to}z`
      from = to
    }
  }
  const size = count + 2 * QUIET_ZONE
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${bars}"/></svg>`
  )
}
