import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../../src/postgres/launcher.ts'
import { isRunning, makeFolder, query, startIn, starters, untilGone } from './starter.ts'

for (const starter of starters) {
  const { skip, name } = starter

  test(`${name} · first starts at once: one makes the data, all use the same server`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    const children = await Promise.all([1, 2, 3].map(() => startIn(starter, { dataDir })))
    const [owner, ...guests] = children.sort((a, b) => b.started.mode.localeCompare(a.started.mode))
    assert.deepEqual(
      children.map(({ started }) => started.mode),
      ['started', 'attached', 'attached'],
    )
    assert.equal(new Set(children.map(({ started }) => started.pid)).size, 1)
    for (const { started } of children) await query(started.connectionString, 'select 1')
    for (const guest of guests) await guest.stop()
    assert.ok(isRunning(owner?.started.pid ?? 0), 'a guest stopped the server of another')
    await owner?.stop()
    await untilGone(owner?.started.pid ?? 0)
  })

  test(`${name} · later starts at once: all use the same server`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    await (await startIn(starter, { dataDir })).stop()
    const children = await Promise.all([1, 2, 3].map(() => startIn(starter, { dataDir })))
    assert.equal(children.filter(({ started }) => started.mode === 'started').length, 1)
    assert.equal(new Set(children.map(({ started }) => started.pid)).size, 1)
    await Promise.all(children.map((child) => child.stop()))
    await untilGone(children[0]?.started.pid ?? 0)
  })

  test(`${name} · the server outlives its starter while another holds it`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    for (const leave of ['stop', 'kill'] as const) {
      const owner = await startIn(starter, { dataDir })
      const guest = await startIn(starter, { dataDir })
      await owner[leave]()
      await sleep(300)
      assert.deepEqual(await query(guest.started.connectionString, 'select 1 as one'), { one: 1 })
      await guest.stop()
      await untilGone(guest.started.pid)
    }
  })

  test(`${name} · a start while the server before is stopping waits for it`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    for (let round = 0; round < 5; round++) {
      const first = await startIn(starter, { dataDir })
      const [, second] = await Promise.all([first.kill(), startIn(starter, { dataDir })])
      assert.deepEqual(await query(second.started.connectionString, 'select 1 as one'), { one: 1 })
      await sleep(100)
      assert.deepEqual(await query(second.started.connectionString, 'select 1 as one'), { one: 1 })
      await second.stop()
    }
  })
}

test('one process may start it several times', async (t) => {
  const dataDir = path.join(makeFolder(t, { name: 'self' }), 'postgres')
  const [first, second] = await Promise.all([startPostgres({ dataDir }), startPostgres({ dataDir })])
  assert.equal(first.pid, second.pid)
  assert.deepEqual([first.mode, second.mode].sort(), ['attached', 'started'])
  await first.stop()
  assert.ok(isRunning(first.pid))
  await second.stop()
  await untilGone(first.pid)
})

test('stop() twice does no harm', async (t) => {
  const dataDir = path.join(makeFolder(t, { name: 'self' }), 'postgres')
  const [first, second] = [await startPostgres({ dataDir }), await startPostgres({ dataDir })]
  await first.stop()
  await first.stop()
  assert.deepEqual(await query(second.connectionString, 'select 1 as one'), { one: 1 })
  await second.stop()
  await second.stop()
})
