import type { ComponentType } from 'react'

import { AssistFields } from './assist-fields.tsx'
import { BargainFields } from './bargain-fields.tsx'
import { BoxFields } from './box-fields.tsx'
import { FlashFields } from './flash-fields.tsx'
import { GroupFields } from './group-fields.tsx'
import type { Forms, KindForm } from './index.ts'
import type { FieldsProps } from './kind.ts'
import { PresaleFields } from './presale-fields.tsx'
import { ShareOffFields } from './share-off-fields.tsx'

// Like the table of kinds: one line for each. Fields take the form of their own kind, which the table cannot say of a form in hand.
const FIELDS: { readonly [K in keyof Forms]: ComponentType<FieldsProps<Forms[K]>> } = {
  flash: FlashFields,
  group: GroupFields,
  bargain: BargainFields,
  presale: PresaleFields,
  assist: AssistFields,
  share_off: ShareOffFields,
  box: BoxFields,
}

/** The fields of a kind's own terms. */
export const KindFields = (props: FieldsProps<KindForm>) => {
  const Fields = FIELDS[props.form.kind] as ComponentType<FieldsProps<KindForm>>
  return <Fields {...props} />
}
