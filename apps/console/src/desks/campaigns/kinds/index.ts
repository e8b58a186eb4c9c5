import type { Campaign } from '../model.ts'
import { assist, type AssistForm } from './assist.ts'
import { bargain, type BargainForm } from './bargain.ts'
import { box, type BoxForm } from './box.ts'
import type { FlashForm } from './flash-form.ts'
import { flash } from './flash.ts'
import { group, type GroupForm } from './group.ts'
import type { KindDesk, Terms, TermsOf } from './kind.ts'
import { presale, type PresaleForm } from './presale.ts'
import { shareOff, type ShareOffForm } from './share-off.ts'

/** The form of each kind's own terms, as it is being written. */
export interface Forms {
  flash: FlashForm
  group: GroupForm
  bargain: BargainForm
  presale: PresaleForm
  assist: AssistForm
  share_off: ShareOffForm
  box: BoxForm
}
type Kind = Campaign['kind']
export type KindForm = Forms[Kind]

// One line for each kind that the contract knows: a kind without its form does not compile.
const DESKS: { readonly [K in Kind]: KindDesk<Forms[K], TermsOf<K>> } = {
  flash,
  group,
  bargain,
  presale,
  assist,
  share_off: shareOff,
  box,
}

export const KINDS = Object.keys(DESKS) as Kind[]

// Terms and the desk of their own kind: the table is typed by kind, terms in hand are not.
export const deskOf = (kind: Kind): KindDesk<KindForm, Terms> => DESKS[kind]

/** The form of a kind that nothing is written in yet, or what was written if it is of that kind already. */
export const formFor = (kind: Kind, now: KindForm, around: { startsAt: string; endsAt: string }): KindForm =>
  now.kind === kind ? now : deskOf(kind).begin(around)
