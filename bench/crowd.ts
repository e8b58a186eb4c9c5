// A crowd at the minute, as an open model: people come when they come, whatever the server does, and how long an answer took counts from the moment
// the question was due. A process of its own, like load.ts.
import { Pool } from 'undici'
import { openWire } from './wire.ts'

export interface CrowdPlan {
  /** Servers; a shopper keeps to one and goes to the next when nobody answers, as a load balancer would have it. */
  origins: readonly string[]
  tokens: readonly string[]
  campaignId: string
  storeId: string
  skuId: string
  /** Milliseconds of the epoch at which pieces are released. */
  releases: readonly number[]
  /** Shoppers who arrive in a second, and the share of them who are there at the very moment. */
  perSecond: number
  spike: number
  /** Other people, who look at goods all the while. */
  bystanders: { perSecond: number; paths: readonly string[] }
  seconds: number
}
export interface Slowness {
  p50: number
  p99: number
  max: number
}
export interface CrowdResult extends Slowness {
  answered: number
  /** In the busiest second: the quiet between two releases says nothing. */
  perSecond: number
  /** Answers by what they said: 201, pass, wait, or the code of a refusal. */
  codes: Record<string, number>
  /** Answers of 4xx and 5xx without a code of ours. */
  unnamed: number
  /** Nobody answered: a server was gone. */
  unanswered: number
  placed: number
  /** From the first to the last order after each release. */
  ordersPerSecond: number[]
  bystanders: Slowness & { answered: number; failed: number }
}
interface Reply {
  status: number
  body: {
    pass?: string | null
    waitMs?: number | null
    code?: string
    data?: { next?: string | null; waitMs?: number }
  }
}

const CONNECTIONS = 256
const AGAIN_MS = 500
const rounded = (ms: number): number => Math.round(ms * 10) / 10
const slowness = (times: readonly number[]): Slowness => {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
const until = (due: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())))

function createCrowd(plan: CrowdPlan) {
  const wires = plan.origins.map((origin) => openWire(origin, CONNECTIONS))
  const pools = plan.origins.map((origin) => new Pool(origin, { connections: CONNECTIONS, pipelining: 1 }))
  const end = Date.now() + plan.seconds * 1000
  const times: number[] = []
  const codes: Record<string, number> = {}
  const placedAt: number[] = []
  let unnamed = 0
  let unanswered = 0
  const bySecond = new Map<number, number>()

  async function ask(
    who: number,
    tries: number,
    path: string,
    body: unknown,
    due: number,
  ): Promise<Reply | undefined> {
    const wire = wires[(who + tries) % wires.length]!
    try {
      const { status, text } = await wire.post(path, plan.tokens[who] ?? '', JSON.stringify(body))
      const now = Date.now()
      times.push(now - due)
      const second = Math.floor(now / 1000)
      bySecond.set(second, (bySecond.get(second) ?? 0) + 1)
      return { status, body: text.startsWith('{') ? (JSON.parse(text) as Reply['body']) : {} }
    } catch {
      unanswered++
      return undefined
    }
  }
  function count({ status, body }: Reply): string {
    const said = status < 300 ? (body.pass ? 'pass' : body.waitMs ? 'wait' : String(status)) : body.code
    if (said === undefined) unnamed++
    const code = said ?? String(status)
    codes[code] = (codes[code] ?? 0) + 1
    return code
  }
  /** When somebody comes back for a release: some at the very moment, the others as they came the first time. */
  const comesFor = (release: number): number =>
    release +
    (Math.random() < plan.spike
      ? Math.random() * 50
      : (Math.random() * plan.tokens.length * 1000) / plan.perSecond)

  async function shopper(who: number): Promise<void> {
    const { campaignId, storeId, skuId } = plan
    let due = comesFor(plan.releases[0] ?? 0)
    const key = `flash-${campaignId.slice(-8)}-${who}`
    const device = `telephone${String(who).padStart(10, '0')}`
    let pass: string | undefined
    for (let tries = 0; due < end;) {
      await until(due)
      const asked = Math.max(due, 0)
      const reply = pass
        ? await ask(
            who,
            tries,
            '/v1/orders',
            {
              idempotencyKey: key,
              storeId,
              fulfilment: { kind: 'pickup' },
              lines: [{ skuId, quantity: 1 }],
              campaign: { campaignId, pass },
            },
            asked,
          )
        : await ask(who, tries, `/v1/campaigns/${campaignId}/entries`, { storeId, skuId, device }, asked)
      const now = Date.now()
      if (!reply) {
        tries++
        due = now + AGAIN_MS * Math.random()
        continue
      }
      const code = count(reply)
      if (code === '201') return void placedAt.push(now)
      if (code === 'pass') {
        pass = reply.body.pass ?? undefined
        due = now
        continue
      }
      if (code === 'campaigns.sold_out') {
        pass = undefined
        const next = reply.body.data?.next
        if (!next) return
        due = comesFor(Date.parse(next))
      } else if (code === 'campaigns.limit_reached') return
      else if (code === 'campaigns.pass_invalid') {
        pass = undefined
        due = now
      } else due = now + (reply.body.waitMs ?? reply.body.data?.waitMs ?? AGAIN_MS * (1 + Math.random()))
    }
  }
  async function bystander(): Promise<CrowdResult['bystanders']> {
    const { perSecond, paths } = plan.bystanders
    const looked: number[] = []
    let failed = 0
    const looks: Promise<void>[] = []
    const after = (due: number) => due + (-Math.log(1 - Math.random()) * 1000) / perSecond // never, of none a second
    for (let n = 0, due = after(Date.now()); due < end; n++, due = after(due)) {
      await until(due)
      const begun = due
      looks.push(
        pools[n % pools.length]!.request({ method: 'GET', path: paths[n % paths.length] ?? '/' })
          .then(({ body }) => body.text())
          .then(
            () => void looked.push(Date.now() - begun),
            () => void failed++,
          ),
      )
    }
    await Promise.all(looks)
    return { ...slowness(looked), answered: looked.length, failed }
  }
  function ordersPerSecond(): number[] {
    return plan.releases.map((release, i) => {
      const until = plan.releases[i + 1] ?? Infinity
      const mine = placedAt.filter((at) => at >= release && at < until).sort((a, b) => a - b)
      const span = (mine.at(-1) ?? 0) - (mine[0] ?? 0)
      return span > 0 ? Math.round((mine.length * 1000) / span) : 0
    })
  }
  return async (): Promise<CrowdResult> => {
    const [bystanders] = await Promise.all([bystander(), ...plan.tokens.map((_, who) => shopper(who))])
    for (const wire of wires) wire.close()
    await Promise.all(pools.map((pool) => pool.destroy()))
    return {
      ...slowness(times),
      answered: times.length,
      perSecond: Math.max(0, ...bySecond.values()),
      codes,
      unnamed,
      unanswered,
      placed: placedAt.length,
      ordersPerSecond: ordersPerSecond(),
      bystanders,
    }
  }
}

process.on('message', (plan: CrowdPlan) => {
  createCrowd(plan)().then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  )
})
