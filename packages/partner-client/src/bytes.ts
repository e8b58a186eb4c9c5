// Bytes and their spellings with what browsers, Node and other runtimes all have: no Buffer.

type Bytes = Uint8Array<ArrayBuffer>
const encoder = new TextEncoder()

export const utf8 = (text: string): Bytes => encoder.encode(text)
export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
export const hexOf = (bytes: Bytes): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
export const base64Of = (bytes: ArrayBuffer | Bytes): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
/** Reads base64 and base64url; throws on what is neither. */
export const bytesOfBase64 = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

/** The sixteen bytes from `at` on, as an id is written. */
export const uuidAt = (bytes: Bytes, at: number): string =>
  hexOf(bytes.slice(at, at + 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
