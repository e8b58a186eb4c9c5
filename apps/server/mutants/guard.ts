export interface Guard {
  /** What is switched off. */
  name: string
  /** Below apps/server. */
  file: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
  /** Tests below apps/server, of which at least one must fail. */
  tests: readonly string[]
}
