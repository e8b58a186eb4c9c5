import path from 'node:path'
import { buildWhenStale, miniPrograms } from '../../../../scripts/builds.ts'

/** The package that is built from the sources as they are now; builds it first when they have changed. */
export async function builtWeapp(): Promise<string> {
  const weapp = miniPrograms.find(({ script }) => script === 'build:weapp')
  if (!weapp) throw new Error('scripts/builds.ts does not build the mini-program')
  await buildWhenStale(weapp)
  return path.resolve(import.meta.dirname, '../../dist/weapp')
}
