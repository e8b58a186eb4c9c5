// The laws that architecture.test.ts holds the drawing of the house to: each names every breach it finds.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What is drawn of every room. */
export interface Drawn {
  mayCall: Readonly<Record<string, readonly string[]>>
  owns: Readonly<Record<string, readonly string[]>>
  /** Tables of other rooms that its lists may read along. */
  readsAlong: Readonly<Record<string, readonly string[]>>
}

export interface Source {
  /** Path below src, with forward slashes. */
  file: string
  text: string
}

const isTest = (file: string) => file.endsWith('.test.ts')
const roomOf = (file: string) => /^rooms\/([^/]+)\//.exec(file)?.[1]

/** Every TypeScript file below a folder. */
export function sources(folder: string, below = ''): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(below, entry.name)
    if (entry.isDirectory()) return sources(path.join(folder, entry.name), file)
    return entry.name.endsWith('.ts')
      ? [{ file, text: readFileSync(path.join(folder, entry.name), 'utf8') }]
      : []
  })
}

/** Comments and doc texts may speak of anything. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
const specifiers = (text: string) =>
  [...code(text).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')

export type Rule = (all: readonly Source[]) => string[]

const roomEdges =
  ({ mayCall }: Drawn): Rule =>
  (all) =>
    all.flatMap(({ file, text }) => {
      const room = roomOf(file)
      if (!room || isTest(file)) return []
      return specifiers(text).flatMap((target) => {
        if (target.startsWith('../')) return [`${file}: rooms are flat, yet it imports ${target}`]
        const other = /^#room\/(.+)$/.exec(target)?.[1]
        if (other === undefined || other === room) return []
        return mayCall[room]?.includes(other) ? [] : [`${file}: ${room} may not call ${other}`]
      })
    })

const everyRoomIsDrawn =
  ({ mayCall, owns }: Drawn): Rule =>
  (all) => {
    const rooms = new Set(all.map(({ file }) => roomOf(file)).filter((room) => room !== undefined))
    return [...rooms]
      .filter((room) => !(room in mayCall) || !(room in owns))
      .map((room) => `${room}: not drawn`)
  }

const noCycles =
  ({ mayCall }: Drawn): Rule =>
  () => {
    const breaches: string[] = []
    const visit = (room: string, trail: readonly string[]): void => {
      if (trail.includes(room)) breaches.push(`cycle: ${[...trail, room].join(' → ')}`)
      else for (const next of mayCall[room] ?? []) visit(next, [...trail, room])
    }
    for (const room of Object.keys(mayCall)) visit(room, [])
    return breaches
  }

const kernelStandsAlone: Rule = (all) =>
  all
    .filter(({ file }) => file.startsWith('kernel/') || file.startsWith('postgres/'))
    .flatMap(({ file, text }) =>
      specifiers(text)
        .filter((target) => target.startsWith('#room/') || target.includes('/rooms/'))
        .map((target) => `${file}: imports ${target}`),
    )

const onlyTheDoor: Rule = (all) =>
  all
    .filter(({ file }) => !roomOf(file))
    .flatMap(({ file, text }) =>
      specifiers(text)
        .filter((target) => /rooms\/[^/]+\/(?!index\.ts)/.test(target))
        .map((target) => `${file}: goes past the door: ${target}`),
    )

const WRITES =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?"?([a-z_]+)"?/gi
const KYSELY_WRITES = /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"]([a-z_]+)/g

const ownTablesOnly =
  ({ owns }: Drawn): Rule =>
  (all) =>
    all.flatMap(({ file, text }) => {
      const room = roomOf(file)
      if (!room || isTest(file)) return []
      const written = [...code(text).matchAll(WRITES), ...code(text).matchAll(KYSELY_WRITES)].map(
        (match) => match[1] ?? '',
      )
      const tables = Object.values(owns).flat()
      return written
        .filter((table) => tables.includes(table) && !owns[room]?.includes(table))
        .map((table) => `${file}: ${room} writes ${table}`)
    })

// A name after `from` or `join`, and the one behind a comma after it.
const READS =
  /\b(?:from|join)\s+(?:only\s+)?"?([a-z_]+(?:\.[a-z_]+)?)"?(?:(?:\s+as)?\s+[a-z]\w*)?(?:\s*,\s*"?([a-z_]+(?:\.[a-z_]+)?))?/gi
const KYSELY_READS = /\.(?:selectFrom|using|\w+Join)\(\s*['"]([a-z_.]+)/g
const readsAreDrawn =
  ({ owns, readsAlong }: Drawn): Rule =>
  (all) =>
    all.flatMap(({ file, text }) => {
      const room = roomOf(file)
      if (!room || !file.endsWith('.sql.ts')) return []
      const read = [...code(text).matchAll(READS), ...code(text).matchAll(KYSELY_READS)].flatMap(
        ([, first = '', second = '']) => [first, second],
      )
      const tables = Object.values(owns).flat()
      return [...new Set(read)]
        .filter((table) => tables.includes(table) || table.startsWith('graphile_worker.'))
        .filter((table) => !owns[room]?.includes(table))
        .filter((table) => !readsAlong[room]?.includes(table))
        .map((table) => `${file}: ${room} reads ${table}`)
    })
const SQL_SIGNS =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(?:<[^`]*>)?`|['"`]\s*(?:select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|with\s+\w+\s+as)\s/i
const sqlInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => roomOf(file) && !file.endsWith('.sql.ts') && !isTest(file))
    .filter(({ text }) => SQL_SIGNS.test(code(text)))
    .map(({ file }) => `${file}: SQL outside *.sql.ts`)

const clockInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => file !== 'kernel/clock.ts' && !file.startsWith('postgres/') && !isTest(file))
    .filter(({ text }) => /\bDate\.now\(|new Date\(\s*\)|\bperformance\.now\(/.test(code(text)))
    .map(({ file }) => `${file}: reads the system clock`)

const environmentInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => file !== 'kernel/config.ts' && !file.startsWith('postgres/') && !isTest(file))
    .filter(({ text }) => /process\.env/.test(code(text)))
    .map(({ file }) => `${file}: reads process.env`)

/** Every law, by name, for the house as it is drawn. */
export const lawsOf = (drawn: Drawn): Record<string, Rule> => ({
  roomEdges: roomEdges(drawn),
  everyRoomIsDrawn: everyRoomIsDrawn(drawn),
  noCycles: noCycles(drawn),
  kernelStandsAlone,
  onlyTheDoor,
  ownTablesOnly: ownTablesOnly(drawn),
  readsAreDrawn: readsAreDrawn(drawn),
  sqlInItsPlace,
  clockInItsPlace,
  environmentInItsPlace,
})
