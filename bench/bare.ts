// A bare Fastify that sends one constant buffer: the ceiling for any route that answers as many bytes.
import fastify from 'fastify'

process.once('message', ({ port, bytes }: { port: number; bytes: number }) => {
  const body = Buffer.from(JSON.stringify({ filler: 'x'.repeat(Math.max(0, bytes - 13)) }))
  const app = fastify()
  app.get('/*', (_request, reply) => reply.type('application/json; charset=utf-8').send(body))
  app.listen({ port, host: '127.0.0.1' }).then(
    () => process.send?.('listening'),
    (error: unknown) => {
      throw error
    },
  )
})
process.on('disconnect', () => process.exit(0))
