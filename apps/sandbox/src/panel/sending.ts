/** How pages leave: nothing in them comes from elsewhere, only friends may frame them, and nothing is kept. */
import type { FastifyReply } from 'fastify'
import type { Config } from '../config.ts'
import { frameAncestors } from '../origins.ts'

export type SendPage = (reply: FastifyReply, text: string, status?: number) => FastifyReply

export const pageSender = (config: Config): SendPage => {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors(config)}`,
  ].join('; ')
  return (reply, text, status = 200) =>
    reply
      .code(status)
      .headers({
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(text)
}
