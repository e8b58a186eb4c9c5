import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The one address that the world outside knows: passes each connection, byte for byte, to one server that is there. */
export interface Front {
  origin: string
  close(): void
}

/** `ports` names the servers that are up, in any order; they take turns. */
export async function openFront(ports: () => readonly number[]): Promise<Front> {
  let turn = 0
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  }
  const server = createServer((caller) => {
    keep(caller)
    const there = ports()
    const port = there[(turn += 1) % there.length]
    if (port === undefined) return void caller.destroy()
    const upstream = connect(port, '127.0.0.1')
    keep(upstream)
    upstream.on('close', () => caller.destroy())
    caller.on('close', () => upstream.destroy())
    caller.pipe(upstream).pipe(caller)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
