import type { Secrets } from '#kernel/secrets'

const PURPOSE = 'guide-touch'

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
