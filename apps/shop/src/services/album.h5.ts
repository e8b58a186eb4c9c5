import { say } from './toast'

/** Where a link leads that somebody sends to friends. */
export const linkOf = (path: string): string | null => location.origin + path

/** Saves a picture as browsers do. */
export async function savePicture(address: string, name: string): Promise<void> {
  try {
    const reply = await fetch(address)
    if (!reply.ok) return say('海报没有取回来，请再试一次')
    const file = URL.createObjectURL(await reply.blob())
    const link = document.createElement('a')
    link.href = file
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(file), 10_000)
    say('海报存下来了')
  } catch {
    say('海报没有取回来，请再试一次')
  }
}
