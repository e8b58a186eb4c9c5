/** The one way in which WeChat's functions answer: three callbacks in an options object, never at once. */
export interface Options {
  success?: (result: unknown) => void
  fail?: (error: { errMsg: string }) => void
  complete?: (result: unknown) => void
  [name: string]: unknown
}
export type WxFunction = (options?: Options) => unknown

export interface WxCall {
  name: string
  options: Record<string, unknown>
}

/** What the functions of `wx` need from the rest of the host. */
export interface Wire {
  /** Every call that answers by callback, in order. */
  calls: WxCall[]
  /** Answers that are still to come. */
  open: Set<object>
  copy<T>(value: T): T
  /** Runs the app's code; what it throws goes to the host's list. */
  guard(work: () => void): void
  /** Runs it in the next turn, guarded. */
  soon(work: () => void): void
}

/** Refuses a call with WeChat's own wording after `name:fail `. */
export class WxFailure extends Error {}

/** A function of `wx` that notes the call, works, and answers by callback. */
export function answering(
  wire: Wire,
  name: string,
  work: (options: Record<string, unknown>) => unknown,
): WxFunction {
  return (options = {}) => {
    const { success, fail, complete, ...asked } = options
    wire.calls.push({ name, options: asked })
    const ticket = {}
    wire.open.add(ticket)
    const answer = (callback: ((result: never) => void) | undefined, result: object) => {
      wire.open.delete(ticket)
      const told = wire.copy(result)
      if (callback) wire.guard(() => callback(told as never))
      if (complete) wire.guard(() => complete(told))
    }
    Promise.resolve()
      .then(() => work(asked))
      .then(
        (result) => answer(success, { errMsg: `${name}:ok`, ...(result as object | undefined) }),
        (error: unknown) => {
          if (!(error instanceof WxFailure)) wire.guard(() => raise(error))
          answer(fail, { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` })
        },
      )
  }
}

function raise(error: unknown): never {
  throw error
}
