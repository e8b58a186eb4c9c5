import { Type } from 'typebox'
import { MemberAtDesk } from './members.ts'
import { Instant, Line, Maybe, StoreId, Strict } from './parts.ts'
import { defineRoutes } from './route.ts'

export const memberCardRoutes = defineRoutes({
  'GET /v1/me/card': {
    summary: 'My card as a till reads it now; all of it changes every half minute',
    access: 'member',
    ok: Type.Object({
      digits: Type.String({ description: 'sixteen digits, for a Code-128 bar code; checked by us alone' }),
      code: Type.String({
        description: 'the last six of them, to be said beside the end of the phone number',
      }),
      qr: Type.String({ description: 'signed: a till checks it with our public key, without asking us' }),
      validUntil: Instant,
      now: Instant,
      /** Nothing to say the six digits beside, as long as no phone is bound. */
      phoneTail: Maybe(Type.String()),
    }),
    errors: [],
  },
})

const Six = Type.String({ pattern: '^[0-9]{6}$' })
const FourDigits = Type.String({ pattern: '^[0-9]{4}$' })
/** What somebody shows or says to be known: the card itself, or the end of the phone number and the six digits. */
export const CardShown = Type.Union([
  Strict({ cardCode: Line(200) }),
  Strict({ phoneTail: FourDigits, code: Six }),
])

export const staffMemberRoutes = defineRoutes({
  'POST /staff/v1/member-identifications': {
    summary: 'Who shows this card, or says these digits; guessing locks the person who asks',
    access: 'staff',
    permission: 'members.identify',
    body: Strict({ storeId: StoreId, shown: CardShown }),
    ok: MemberAtDesk,
    errors: [
      'members.card_unknown',
      'members.card_forged',
      'members.card_expired',
      'members.card_ambiguous',
      'members.card_locked',
      'members.blocked',
      'staff.out_of_scope',
    ],
  },
})
