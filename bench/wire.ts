// HTTP as a crowd needs it: so cheap for the generator that the server has the rest of the two cores. Keep-alive, one question at a time on each connection.
import net from 'node:net'

export interface Answer {
  status: number
  text: string
}
export interface Wire {
  /** Rejects when nobody answers: the connection was refused, or ended before the answer. */
  post(path: string, token: string, body: string): Promise<Answer>
  close(): void
}
interface Question {
  text: string
  resolve(answer: Answer): void
  reject(error: Error): void
}

const HEAD_END = Buffer.from('\r\n\r\n')
/** The first answer in these bytes and how long it is; undefined: there is more to come. */
export function parseAnswer(bytes: Buffer): { answer: Answer; length: number } | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const size = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const status = Number(head.slice(9, 12))
  if (size === undefined && status !== 204) throw new Error(`an answer without its length: ${head}`)
  const from = end + HEAD_END.length
  const length = from + Number(size ?? 0)
  if (bytes.length < length) return undefined
  return { answer: { status, text: bytes.toString('utf8', from, length) }, length }
}

export function openWire(origin: string, connections: number): Wire {
  const { hostname, port, host } = new URL(origin)
  const waiting: Question[] = []
  const idle: Connection[] = []
  const open = new Set<Connection>()

  interface Connection {
    ask(question: Question): void
    end(): void
  }
  function connect(): Connection {
    const socket = net.connect({ host: hostname, port: Number(port), noDelay: true })
    let asked: Question | undefined
    let came: Buffer = Buffer.alloc(0)
    const connection: Connection = {
      ask(question) {
        asked = question
        socket.write(question.text)
      },
      end: () => void socket.destroy(),
    }
    socket.on('data', (bytes) => {
      came = came.length === 0 ? bytes : Buffer.concat([came, bytes])
      const parsed = parseAnswer(came)
      if (!parsed) return
      came = came.subarray(parsed.length)
      const done = asked
      asked = undefined
      const next = waiting.shift()
      if (next) connection.ask(next)
      else idle.push(connection)
      done?.resolve(parsed.answer)
    })
    socket.on('error', () => undefined) // `close` follows
    socket.on('close', () => {
      open.delete(connection)
      if (idle.includes(connection)) idle.splice(idle.indexOf(connection), 1)
      asked?.reject(new Error('nobody answers'))
      const next = waiting.shift()
      if (next) connect().ask(next)
    })
    open.add(connection)
    return connection
  }
  return {
    post: (path, token, body) =>
      new Promise((resolve, reject) => {
        const text = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
        const question = { text, resolve, reject }
        const free = idle.pop()
        if (free) free.ask(question)
        else if (open.size < connections) connect().ask(question)
        else waiting.push(question)
      }),
    close() {
      waiting.length = 0
      for (const connection of open) connection.end()
    },
  }
}
