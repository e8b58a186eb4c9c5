import { availableParallelism } from 'node:os'
import { ZONES, type ZoneCode } from './zones.ts'
import { GOODS } from './goods.ts'
import { banners, renderBanner } from './pictures/banners.ts'
import { cached } from './pictures/cache.ts'
import { cardOf } from './pictures/cards.ts'
import { cardMarkup, type PictureFiles, renderSquare } from './pictures/compose.ts'
import { iconMarkup } from './pictures/icons.ts'

export { composePicture } from './pictures/compose.ts'

export type Drawn = {
  /** By barcode. */
  readonly goods: ReadonlyMap<string, PictureFiles>
  readonly icons: ReadonlyMap<ZoneCode, PictureFiles>
  readonly banners: readonly { readonly id: string; readonly title: string; readonly webp: Buffer }[]
}

/** Runs the tasks a few at a time; results come in the order of the tasks. */
async function together<T>(tasks: readonly (() => Promise<T>)[], width: number): Promise<T[]> {
  const results = Array.from<T>({ length: tasks.length })
  const queue = tasks.entries()
  const lane = async (): Promise<void> => {
    for (const [index, task] of queue) results[index] = await task()
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}

async function square(folder: string, markup: string): Promise<PictureFiles> {
  let drawn: Promise<PictureFiles> | undefined
  const draw = (size: keyof PictureFiles) => async () => (await (drawn ??= renderSquare(markup)))[size]
  return {
    s: await cached(folder, markup, 's', draw('s')),
    m: await cached(folder, markup, 'm', draw('m')),
    l: await cached(folder, markup, 'l', draw('l')),
  }
}

/** Every picture of the demo, drawn now or taken from the cache folder. `progress` hears how many are done. */
export async function drawPictures(
  folder: string,
  progress: (done: number, all: number) => void,
): Promise<Drawn> {
  const sheets = banners()
  const all = GOODS.length + ZONES.length + sheets.length
  let done = 0
  const counted =
    <T>(work: () => Promise<T>) =>
    async (): Promise<T> => {
      const result = await work()
      done += 1
      progress(done, all)
      return result
    }
  const width = availableParallelism()
  const cards = await together(
    GOODS.map((good) =>
      counted(async () => [good.barcode, await square(folder, cardMarkup(cardOf(good.name)))] as const),
    ),
    width,
  )
  const icons = await together(
    ZONES.map(({ code }) => counted(async () => [code, await square(folder, iconMarkup(code))] as const)),
    width,
  )
  const posters = await together(
    sheets.map((banner) =>
      counted(async () => ({
        id: banner.id,
        title: banner.title,
        webp: await cached(folder, banner.markup, 'banner', () => renderBanner(banner)),
      })),
    ),
    width,
  )
  return { goods: new Map(cards), icons: new Map(icons), banners: posters }
}
