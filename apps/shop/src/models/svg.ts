/** SVG text as an image address. Mini-programs have no inline SVG; `#` and `%` would end a data URI early. */
export function svgImage(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** Text for an SVG text node or attribute. */
export function svgText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
