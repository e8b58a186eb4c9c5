import { yuan } from './words.ts'

/** What can be written with: how wide a text will be, and its outlines as SVG. */
export interface Letters {
  width(text: string, size: number, bold: boolean): number
  outlines(text: string, size: number, bold: boolean): string
}

/** The tokens of the shop (design of the component sheet), as far as a picture needs them. */
export const COLOUR = {
  brandInk: '#C43E0C',
  brandSoft: '#FDEEE6',
  leafInk: '#14713C',
  leafSoft: '#E6F3EA',
  ink: '#1F1B16',
  ink2: '#4A443D',
  ink3: '#6B645C',
  page: '#F7F5F2',
  card: '#FFFFFF',
  line: '#ECE7E1',
} as const

export interface Box {
  left: number
  top: number
  width: number
  height: number
  /** Of its corners: top left, top right, bottom right, bottom left. */
  radii: readonly [number, number, number, number]
}
/** A picture to be drawn: shapes and outlines, and where photographs go. No letter of it asks for a font. */
export interface Sheet {
  width: number
  height: number
  svg: string
  /** The product's picture. */
  picture: Box | null
  /** The 小程序码. */
  code: Box | null
}

export interface Written {
  x: number
  /** Of the base line. */
  y: number
  size: number
  fill: string
  bold?: boolean
  /** Which end `x` is. */
  end?: 'left' | 'middle' | 'right'
}

const path = ({ left, top, width, height, radii: [a, b, c, d] }: Box): string =>
  `M${left + a} ${top}h${width - a - b}a${b} ${b} 0 0 1 ${b} ${b}v${height - b - c}a${c} ${c} 0 0 1 ${-c} ${c}h${c + d - width}a${d} ${d} 0 0 1 ${-d} ${-d}v${a + d - height}a${a} ${a} 0 0 1 ${a} ${-a}z`
export const boxPath = (box: Box): string => path(box)
export const box = (left: number, top: number, width: number, height: number, radius = 0): Box => ({
  left,
  top,
  width,
  height,
  radii: [radius, radius, radius, radius],
})

/** The persimmon, in a box of 32. */
const MARK =
  '<path d="M16 9.5c3.6-1.3 7.6-1.2 10.3 1 2.5 2 3.5 5.3 3.2 8.7-.6 6-5.8 9.3-13.5 9.3S3.1 25.2 2.5 19.2c-.3-3.4.7-6.7 3.2-8.7 2.7-2.2 6.7-2.3 10.3-1z" fill="#E8541E"/>' +
  '<path d="M6 20.5c-.4-2.6.2-4.7 1.7-6" stroke="#FFD9C2" stroke-width="1.9" stroke-linecap="round" fill="none"/>' +
  '<path d="M16 10.2c1.7-3.3 5-4.6 8.7-3.5.2 2.4-.7 4.3-2.6 5.3 1 1.7.8 3.5-.5 5-2.5.2-4.5-.9-5.6-3-1.1 2.1-3.1 3.2-5.6 3-1.3-1.5-1.5-3.3-.5-5-1.9-1-2.8-2.9-2.6-5.3 3.7-1.1 7 .2 8.7 3.5z" fill="#47652F"/>' +
  '<path d="M16 10.8V6.2" stroke="#6B4A2B" stroke-width="2.4" stroke-linecap="round"/><circle cx="16" cy="11.3" r="1.5" fill="#7E9A55"/>'

/** Collects what a sheet shows, in the order it is laid on. */
export function createCanvas(letters: Letters) {
  const parts: string[] = []
  const canvas = {
    lay(shape: Box, colour: string): void {
      parts.push(`<path d="${path(shape)}" fill="${colour}"/>`)
    },
    mark(left: number, top: number, side: number): void {
      parts.push(`<g transform="translate(${left} ${top}) scale(${side / 32})">${MARK}</g>`)
    },
    line(
      x: number,
      y: number,
      width: number,
      { colour, thick = 2 }: { colour: string; thick?: number },
    ): void {
      parts.push(`<path d="M${x} ${y}h${width}v${thick}h${-width}z" fill="${colour}"/>`)
    },
    /** Writes, and says where the text ends. */
    write(text: string, { x, y, size, fill, bold = false, end = 'left' }: Written): number {
      const width = letters.width(text, size, bold)
      const left = end === 'left' ? x : end === 'right' ? x - width : x - width / 2
      parts.push(
        `<g transform="translate(${left.toFixed(1)} ${y})" fill="${fill}">${letters.outlines(text, size, bold)}</g>`,
      )
      return left + width
    },
    /** A few letters on a ground of their own; says where it ends. */
    pill(
      text: string,
      { x, y, size, ink, ground }: { x: number; y: number; size: number; ink: string; ground: string },
    ): number {
      const width = letters.width(text, size, false) + size
      canvas.lay(box(x, y - size * 1.16, width, size * 1.62, 8), ground)
      canvas.write(text, { x: x + size / 2, y, size, fill: ink })
      return x + width
    },
    /** A price as the shop writes one: yuan large, sign and fen smaller. Says where it ends. */
    price(fen: number, { x, y, size }: { x: number; y: number; size: number }): number {
      const [whole = '0', cents = '00'] = yuan(fen).split('.')
      const small = Math.round(size * 0.57)
      const style = { y, fill: COLOUR.brandInk, bold: true }
      const sign = canvas.write('¥', { ...style, x, size: small })
      const after = canvas.write(whole, { ...style, x: sign + 2, size })
      return canvas.write(`.${cents}`, { ...style, x: after, size: small })
    },
    /** Written, with a line through it. */
    struck(text: string, style: Written): number {
      const end = canvas.write(text, style)
      canvas.line(style.x, style.y - style.size * 0.36, end - style.x, { colour: style.fill })
      return end
    },
    sheet: (width: number, height: number, images: Pick<Sheet, 'picture' | 'code'>): Sheet => ({
      width,
      height,
      ...images,
      svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`,
    }),
  }
  return canvas
}
export type Canvas = ReturnType<typeof createCanvas>
