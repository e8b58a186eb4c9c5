/** Refusals of the sandbox's own control interface and pages (the pretended services refuse in their own way). */
export class SimProblem extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'SimProblem'
    this.status = status
    this.code = code
  }
}
