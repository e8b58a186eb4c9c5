import { readFile } from 'node:fs/promises'
import { Blob, Buffer as Run, Face, Font, shape } from 'harfbuzzjs'
import type { Letters } from './canvas.ts'

/**
 * Noto Sans Hans (OFL) from a package: what is drawn looks the same on every machine, also where no font is installed. Texts become outlines here, so
 * that whoever paints them needs none.
 */
const FONTS = '@embedpdf/fonts-sc'
const open = async (weight: 'Regular' | 'Bold'): Promise<Font> => {
  const file = new URL(`../fonts/NotoSansHans-${weight}.otf`, import.meta.resolve(FONTS))
  const { buffer, byteOffset, byteLength } = await readFile(file)
  const bytes = new ArrayBuffer(byteLength)
  new Uint8Array(bytes).set(new Uint8Array(buffer, byteOffset, byteLength))
  return new Font(new Face(new Blob(bytes)))
}

interface Shaped {
  width: number
  outlines: string
}

/** Opens the fonts. */
export async function openLetters(): Promise<Letters> {
  const [regular, bold] = await Promise.all([open('Regular'), open('Bold')])
  const shaped = (text: string, font: Font): Shaped => {
    const run = new Run()
    run.addText(text)
    run.guessSegmentProperties()
    shape(font, run)
    const positions = run.getGlyphPositions()
    let [width, outlines] = [0, '']
    for (const [i, { codepoint: glyph }] of run.getGlyphInfos().entries()) {
      if (glyph === 0) continue // a sign that the font does not have, an emoji in a name, leaves no trace
      outlines += `<path transform="translate(${width})" d="${font.glyphToPath(glyph)}"/>`
      width += positions[i]?.xAdvance ?? 0
    }
    return { width, outlines }
  }
  const fontOf = (heavy: boolean) => (heavy ? bold : regular)
  return {
    width: (text, size, heavy) => {
      const font = fontOf(heavy)
      return (shaped(text, font).width * size) / font.face.upem
    },
    outlines: (text, size, heavy) => {
      const font = fontOf(heavy)
      const scale = size / font.face.upem
      return `<g transform="scale(${scale} ${-scale})">${shaped(text, font).outlines}</g>`
    },
  }
}
