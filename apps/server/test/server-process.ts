import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { AllRoutes } from '@linli/contract'
import { createClient } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import type { LinliApi, World } from './world.ts'

const MAIN = path.join(import.meta.dirname, '../src/main.ts')
const START_WITHIN_MS = 30_000

/** A server in a process of its own, on the world's database and outside world. Its clock is the real one. */
export interface ServerProcess {
  origin: string
  as(token: string): LinliApi
  /** No goodbye: what was promised must stand without one. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function startServer({ ctx: { config } }: Pick<World, 'ctx'>): Promise<ServerProcess> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-server-'))
  const wechatFile = path.join(folder, 'merchant.json')
  await writeFile(wechatFile, JSON.stringify(config.wechat))
  const alipayFile = path.join(folder, 'alipay.json')
  await writeFile(alipayFile, JSON.stringify(config.alipay))
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: config.databaseUrl,
      SECRET_KEY: config.secretKey.toString('base64'),
      WECHAT_FILE: wechatFile,
      ALIPAY_FILE: alipayFile,
      PUBLIC_ORIGIN: config.publicOrigin,
      LOG_LEVEL: 'error',
      JOBS: 'off',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // A server that a failed test left behind keeps nobody waiting, and does not outlive the test.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  const origin = await address(child)
  child.unref()
  child.channel?.unref()
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.ref()
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }
  return {
    origin,
    as: (token) => createClient<AllRoutes>({ transport: fetchTransport(origin), token: () => token }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

async function address(child: ChildProcess): Promise<string> {
  const [message] = (await Promise.race([
    once(child, 'message', { signal: AbortSignal.timeout(START_WITHIN_MS) }),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${String(code)}`))),
  ])) as [{ listening: string }]
  return message.listening
}
