import { deviceFunctions, type Device } from './wx-device.ts'
import { networkFunctions, type Network } from './wx-network.ts'
import { storageFunctions, type Storage } from './wx-storage.ts'
import type { Wire } from './wx-call.ts'

interface Parts {
  network: Network
  storage: Storage
  device: Device
  routes: Record<string, unknown>
  /** Names the app asked `wx` for and did not find. */
  unknown: Set<string>
}

// Taro looks for these and does without.
const LOOKED_FOR = ['cloud', 'webpackJsonp']

/** The global `wx`: what the shop may use and no more. A name that is not here is undefined and goes on a list. */
export function createWx(wire: Wire, { network, storage, device, routes, unknown }: Parts): object {
  const functions: Record<string, unknown> = {
    ...deviceFunctions(wire, device),
    ...storageFunctions(wire, storage),
    ...networkFunctions(wire, network),
    ...routes,
    nextTick: wire.soon,
  }
  return new Proxy(functions, {
    get(target, name) {
      if (typeof name === 'string' && !(name in target) && !LOOKED_FOR.includes(name)) unknown.add(name)
      return target[name as string]
    },
  })
}
