import { createCell } from '../models/cell'
import type { Setup } from '../models/wire'
import { api } from './api'

/** What the server says before the first screen; null until it has. */
export const setup = createCell<Setup | null>(null)

/** The setup, asked for once and again after a failure. */
export async function setupNow(): Promise<Setup> {
  const known = setup.get()
  if (known) return known
  const told = await api('GET /v1/setup')
  setup.set(told)
  return told
}
