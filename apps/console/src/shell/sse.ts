/** One server-sent event. */
export interface StreamEvent {
  event: string
  data: string
  id?: string
}

/**
 * Reads server-sent events out of text that arrives in arbitrary pieces. `EventSource` cannot carry a bearer token,
 * so the stream comes through fetch and is read here.
 */
export const createEventReader = () => {
  let rest = ''
  return (piece: string): StreamEvent[] => {
    // A carriage return at the very end may be half of CRLF: it waits for the next piece.
    const text = rest + piece
    const held = text.endsWith('\r') ? '\r' : ''
    const blocks = text
      .slice(0, text.length - held.length)
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '\n')
      .split('\n\n')
    rest = (blocks.pop() ?? '') + held
    return blocks.map(readBlock).filter((event) => event !== undefined)
  }
}

const readBlock = (block: string): StreamEvent | undefined => {
  const event: StreamEvent = { event: 'message', data: '' }
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) continue
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event.event = value
    else if (field === 'id') event.id = value
  }
  if (data.length === 0) return undefined
  event.data = data.join('\n')
  return event
}
