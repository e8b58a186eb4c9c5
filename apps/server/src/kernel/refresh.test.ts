import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneAtATime, untilFresh } from './refresh.ts'

function slowWork() {
  const waiting: { resolve(): void; reject(error: Error): void }[] = []
  let started = 0
  const run = oneAtATime(() => {
    started++
    return new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }))
  })
  return { run, started: () => started, next: () => waiting.shift() }
}

test('callers during a run share one run after it', async () => {
  const work = slowWork()
  const first = work.run()
  const late = [work.run(), work.run(), work.run()]
  assert.equal(work.started(), 1)
  work.next()?.resolve()
  await first
  await new Promise(setImmediate)
  assert.equal(work.started(), 2)
  work.next()?.resolve()
  await Promise.all(late)
  assert.equal(work.started(), 2)
})

test('a failed run is told to its own callers and does not stop the next', async () => {
  const work = slowWork()
  const first = work.run()
  const second = work.run()
  work.next()?.reject(new Error('no'))
  await assert.rejects(first, /no/)
  await new Promise(setImmediate)
  work.next()?.resolve()
  await second
  assert.equal(work.started(), 2)
})

test('what could not be read is read again until it can', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let [tries, complaints] = [0, 0]
  const again = untilFresh(
    async () => {
      tries++
      if (tries < 3) throw new Error('away')
    },
    () => complaints++,
  )
  again()
  for (let second = 0; second < 5; second++) {
    await Promise.resolve()
    await Promise.resolve()
    t.mock.timers.tick(1000)
  }
  assert.deepEqual([tries, complaints], [3, 2])
})
