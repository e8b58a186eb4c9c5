import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'

export type Log = FastifyBaseLogger

/** Structured logs to standard output. Secrets and personal data are cut out by path, whoever logs them. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    redact: {
      paths: [
        'password',
        'token',
        'code',
        'phone',
        'authorization',
        '*.password',
        '*.token',
        '*.code',
        '*.phone',
        '*.authorization',
        'req.headers.authorization',
      ],
      censor: '[cut]',
    },
  })
