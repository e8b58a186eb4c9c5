import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDice, type Dice } from './dice.ts'

/** A system that is told by webhooks, and often is not there, or says so. */
export interface Receiver {
  url: string
  /** What it was told with, from now on. */
  secret: string
  /** From now on it takes everything. */
  calm(): void
  /** Bodies of what it took, by the id of the message. */
  taken: ReadonlyMap<string, string>
  /** What should never have come, in words. */
  violations: readonly string[]
  close(): void
}

/** Signed as the scheme says: HMAC-SHA256 over id, seconds and body. */
function isSigned(request: IncomingMessage, body: string, secret: string): boolean {
  const header = (name: string) => String(request.headers[name] ?? '')
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const text = `${header('webhook-id')}.${header('webhook-timestamp')}.${body}`
  const right = createHmac('sha256', key).update(text).digest()
  return header('webhook-signature')
    .split(' ')
    .some((each) => {
      const given = Buffer.from(each.replace('v1,', ''), 'base64')
      return given.length === right.length && timingSafeEqual(given, right)
    })
}

export async function openReceiver(dice: Dice): Promise<Receiver> {
  const taken = new Map<string, string>()
  const tries = new Map<string, number>()
  const violations: string[] = []
  let isCalm = false
  /** What becomes of a try follows from the message and its number alone. */
  const moodOf = (id: string): 'take' | 'busy' | 'hang up' | 'move' => {
    const number = (tries.get(id) ?? 0) + 1
    tries.set(id, number)
    if (isCalm) return 'take'
    return createDice(`${seed} ${id} ${number}`).weigh({ take: 12, busy: 4, 'hang up': 2, move: 1 })
  }
  const seed = dice.key('receiver')
  const take = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const id = String(request.headers['webhook-id'])
    if (!isSigned(request, body, receiver.secret))
      violations.push(`message ${id} was not signed as it should be`)
    const mood = moodOf(id)
    if (mood === 'hang up') return void request.socket.destroy()
    if (mood === 'busy') return void response.writeHead(503).end()
    if (mood === 'move') return void response.writeHead(302, { location: '/elsewhere' }).end()
    if ((taken.get(id) ?? body) !== body) violations.push(`message ${id} said something else before`)
    taken.set(id, body)
    response.writeHead(204).end()
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('error', () => undefined)
    request.on('end', () => take(request, response, Buffer.concat(parts).toString()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    secret: '',
    calm: () => void (isCalm = true),
    taken,
    violations,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return receiver
}
