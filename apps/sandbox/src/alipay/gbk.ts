/** Text as GBK: made by reading the whole code page once, because Node only reads it. */
const UNKNOWN = 0x3f

let page: ReadonlyMap<string, number> | undefined

const codePage = (): ReadonlyMap<string, number> => {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const text = trail === 0x7f ? '' : decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\uFFFD' && !found.has(text)) found.set(text, (lead << 8) | trail)
    }
  return found
}

/** The bytes of a text; what the code page does not know becomes a question mark, as it does at Alipay. */
export const gbkOf = (text: string): Buffer => {
  page ??= codePage()
  const bytes: number[] = []
  for (const character of text) {
    const code = page.get(character)
    if (character.charCodeAt(0) < 0x80) bytes.push(character.charCodeAt(0))
    else if (code === undefined) bytes.push(UNKNOWN)
    else bytes.push(code >> 8, code & 0xff)
  }
  return Buffer.from(bytes)
}
