// A thread of its own: opening two fonts and shaping texts would stop everybody else for tens of milliseconds.
import { parentPort } from 'node:worker_threads'
import { openLetters } from './letters.ts'
import { paint, type Work } from './painting.ts'

const letters = openLetters()

parentPort?.on('message', ({ id, work }: { id: number; work: Work }) => {
  letters
    .then((ready) => paint(work, ready))
    .then(
      (picture) => parentPort?.postMessage({ id, picture: new Uint8Array(picture) }, []),
      (error: unknown) =>
        parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : String(error) }, []),
    )
})
