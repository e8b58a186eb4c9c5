/**
 * The pretended ERP: tells the chain of goods, prices and stock over `/partner/v1`, and books what it hears by webhook. Plays what goes wrong between two
 * systems, too.
 */
import { keepBook, readBook } from './book.ts'
import type { Answers, Sent } from './book.ts'
import { DEEDS } from './deeds.ts'
import type { Deed } from './deeds.ts'
import { beat } from './sending.ts'
import type { Desk } from './sending.ts'

type ErpOptions = { dataDir: string; report: (error: unknown) => void; now?: () => Date }
export type Erp = Awaited<ReturnType<typeof createErp>>

const BEAT_MS = 120_000

/** An ERP over its data folder. Nothing is sent by itself before `start`. */
export const createErp = async ({ dataDir, report, now = () => new Date() }: ErpOptions) => {
  const stopping = new AbortController()
  const desk: Desk = { book: await readBook(dataDir), dataDir, now, signal: stopping.signal }
  /** One thing at a time: numbers are used in the order in which they were given. */
  let busy: Promise<void> = Promise.resolve()
  let saving: Promise<void> = Promise.resolve()
  let beating: NodeJS.Timeout | undefined

  const save = (): Promise<void> => {
    saving = saving.then(() => keepBook(dataDir, desk.book)).catch(report)
    return saving
  }
  const inTurn = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const before = busy
    const { promise, resolve } = Promise.withResolvers<void>()
    busy = promise
    await before
    try {
      return await work()
    } finally {
      await save()
      resolve()
    }
  }
  return {
    book: desk.book,
    save,
    /** Does one of the deeds; answers the line that it left among what was sent. */
    act: (deed: Deed): Promise<Sent | undefined> => inTurn<Sent | undefined>(() => DEEDS[deed](desk)),
    /** Cuts the line, or mends it: what waited goes out first. While it is cut, webhooks are not taken either. */
    cut: (isCut: boolean): Promise<void> =>
      inTurn(async () => {
        desk.book.isCut = isCut
        await beat(desk)
      }),
    answer: (answers: Answers): Promise<void> =>
      inTurn(() => {
        desk.book.answers = answers
      }),
    start: (): void => {
      beating = setInterval(() => {
        inTurn(() => beat(desk)).catch(report)
      }, BEAT_MS)
    },
    close: async (): Promise<void> => {
      clearInterval(beating)
      stopping.abort()
      await busy
      await saving
    },
  }
}
