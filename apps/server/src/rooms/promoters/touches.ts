import type { Secrets } from '#kernel/secrets'

const PURPOSE = 'guide-touch'
/** What a code carries: WeChat allows 32 signs, and none that would have to be written as %. */
export const sceneOf = (key: string): string => `g.${key}`
export const keyOfScene = (scene: string): string | undefined => /^g\.([A-Za-z0-9]{12})$/.exec(scene)?.[1]

export interface Touch {
  codeId: string
  at: Date
}

/** A note for the telephone: which code it saw, and when. We keep nothing of somebody who may never come back. */
export const signTouch = (secrets: Pick<Secrets, 'sign'>, { codeId, at }: Touch): string => {
  const text = `${codeId}.${Math.floor(at.getTime() / 1000)}`
  return `${text}.${secrets.sign(PURPOSE, text)}`
}

/** The note, if we signed it. */
export function readTouch(secrets: Pick<Secrets, 'signatureFits'>, note: string): Touch | undefined {
  const [, text = '', codeId = '', seconds = '', signature = ''] =
    /^(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,11}))\.([\w-]+)$/.exec(note) ?? []
  if (text === '' || !secrets.signatureFits(PURPOSE, text, signature)) return undefined
  return { codeId, at: new Date(Number(seconds) * 1000) }
}
