import { randomInt } from 'node:crypto'

// Without the letters that look alike on paper: l, I, O, 0 and 1.
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
const KEY_LENGTH = 12
/** A random key that says nothing: 70 bits, short enough for an address and for a 小程序码. */
export const newKey = (): string =>
  Array.from({ length: KEY_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** Whose key a 小程序码 carries: a guide's or a share's. */
export type SceneKind = 'g' | 's'
/** What a code carries: WeChat allows 32 signs, and none that would have to be written as %. */
export const sceneOf = (kind: SceneKind, key: string): string => `${kind}.${key}`
export function keyOfScene(kind: SceneKind, scene: string): string | undefined {
  const [, letter, key] = /^([gs])\.([A-Za-z0-9]{12})$/.exec(scene) ?? []
  return letter === kind ? key : undefined
}

/** Where a scanned code opens the shop: its home page knows all scenes. */
export const SCENE_PAGE = 'pages/home/index'

export interface KeptCode {
  find(): Promise<Buffer | null | undefined>
  /** Asks WeChat; null when it gives none. */
  draw(): Promise<Buffer | null>
  keep(picture: Buffer): Promise<unknown>
}
/** A 小程序码 that is asked of WeChat once and kept: it would draw the same again. Null when there is none to be had now. */
export async function drawnOnce({ find, draw, keep }: KeptCode): Promise<Buffer | null> {
  const kept = await find()
  if (kept) return kept
  const drawn = await draw()
  if (drawn) await keep(drawn)
  return drawn
}
