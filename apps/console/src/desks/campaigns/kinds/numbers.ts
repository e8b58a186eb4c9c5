/** A whole number that is asked for: what it is called, and what it may be. */
export interface NumberSpec<K extends string> {
  key: K
  label: string
  suffix: string
  help?: string
  least: number
  most: number
}
export type Typed<K extends string> = Readonly<Record<K, string>>

/** A whole number as it was typed, if it reads as one within its limits. */
export const wholeOf = (typed: string, least: number, most: number): number | undefined => {
  const number = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN
  return number >= least && number <= most ? number : undefined
}
/** What does not read, by the paths of the server. */
export const numberFaults = <K extends string>(
  form: Typed<K>,
  specs: readonly NumberSpec<K>[],
): [string, string][] =>
  specs.flatMap(({ key, least, most }): [string, string][] =>
    wholeOf(form[key], least, most) === undefined ? [[`terms/${key}`, `写 ${least} 到 ${most} 的整数`]] : [],
  )
