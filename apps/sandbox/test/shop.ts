/** The merchant's server as the sandbox sees it: it takes deliveries, answers as told, and can open what it got. */
import http from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { Aes } from 'wechatpay-axios-plugin'
import { isSignedByPlatform } from './world.ts'
import type { Json, World } from './world.ts'

export type Received = { headers: IncomingHttpHeaders; rawHeaders: string[]; text: string }

export type Shop = {
  url: string
  received: Received[]
  /** What to answer to the nth delivery (from 0); null never answers. */
  answer: (nth: number) => number | null
  close: () => Promise<void>
}

/** The merchant's server: takes deliveries and answers as told. */
export const startShop = async (): Promise<Shop> => {
  const server = http.createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => {
      shop.received.push({ headers: request.headers, rawHeaders: request.rawHeaders, text })
      const status = shop.answer(shop.received.length - 1)
      if (status !== null) response.writeHead(status).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shop: Shop = {
    url: `http://127.0.0.1:${port}/hooks/wechat-pay`,
    received: [],
    answer: () => 204,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return shop
}

export type Opened = { eventType: string; id: string; plaintext: Json }

/** A delivery as the oracle library opens it; throws when its tag is wrong. */
export const open = (world: World, { text }: Pick<Received, 'text'>): Opened => {
  const {
    id,
    event_type: eventType,
    resource,
  } = JSON.parse(text) as {
    id: string
    event_type: string
    resource: { ciphertext: string; nonce: string; associated_data: string }
  }
  const plaintext = Aes.AesGcm.decrypt(
    resource.ciphertext,
    world.merchant.apiV3Key,
    resource.nonce,
    resource.associated_data,
  )
  return { id, eventType, plaintext: JSON.parse(plaintext) as Json }
}

/** Whether a delivery carries a good signature. */
export const isGenuine = (world: World, { headers, text }: Received): boolean =>
  isSignedByPlatform(
    world,
    {
      get: (name) => {
        const value = headers[name]
        return typeof value === 'string' ? value : null
      },
    },
    text,
  )
