import { StateTag } from '../../ui/state-tag.tsx'
import type { ConsoleStore } from './model.ts'

/** Whether the store takes orders; if it does, whether it is open now. */
export const OpenTag = ({ store }: { store: ConsoleStore }) => {
  if (store.ordering === 'paused') return <StateTag tone="alarm">暂停接单</StateTag>
  if (store.ordering === 'no_pickup') return <StateTag tone="alarm">暂停自提</StateTag>
  return store.openNow ? <StateTag tone="done">营业中</StateTag> : <StateTag tone="over">已打烊</StateTag>
}
