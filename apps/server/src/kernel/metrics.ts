import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export interface Metrics {
  registry: Registry
  requests: Histogram<'route' | 'status'>
  refusals: Counter<'code'>
  /** Of those who follow a book: entries that were seen and are not handled, and since when. */
  behind: Gauge<'follower'>
  behindSeconds: Gauge<'follower'>
  /** A gauge whose value is read when Prometheus asks. */
  gauge(name: string, help: string, read: () => number): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'refusals_total',
      help: 'Named refusals',
      labelNames: ['code'],
      registers: [registry],
    }),
    behind: new Gauge({
      name: 'follower_entries_behind',
      help: 'Entries of a book that were seen and are not handled, by who follows it',
      labelNames: ['follower'],
      registers: [registry],
    }),
    behindSeconds: new Gauge({
      name: 'follower_seconds_behind',
      help: 'Seconds since the follower of a book had handled everything in it',
      labelNames: ['follower'],
      registers: [registry],
    }),
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({ name, help, registers: [], collect: () => gauge.set(read()) })
      registry.registerMetric(gauge)
    },
  }
}
