import { Type } from 'typebox'
import { Maybe, OneOf, StoreId, Strict, Uuid } from './parts.ts'

/** What friends may do, whatever it is that they help with. */
const friends = {
  /** To gather friends in, from the start on. It never outlasts the campaign. */
  hours: Type.Integer({ minimum: 1, maximum: 168 }),
  /** Helps that one person may give in the campaign, and on one business day. */
  helpsEach: Type.Integer({ minimum: 1, maximum: 50 }),
  helpsPerDay: Type.Integer({ minimum: 1, maximum: 20 }),
  /** A coupon for each friend who helps, of a template of the way `reward`. */
  helperTemplateId: Maybe(Uuid),
}

/**
 * So many friends, and the price falls by a table that everybody reads first. There is no field for chance: what is not in the table does not happen
 * (docs/adr/0036).
 */
export const BargainTerms = Strict({
  kind: Type.Literal('bargain'),
  /** What it costs in the stores, where the table begins. */
  startFen: Type.Integer({ minimum: 2, maximum: 100_000_000 }),
  /** What each friend takes off, the first one first; together `startFen` less the price of the campaign. */
  cuts: Type.Array(Type.Integer({ minimum: 1, maximum: 100_000_000 }), { minItems: 1, maxItems: 20 }),
  /** To order in, once the price is reached: the piece is set aside that long. */
  holdMinutes: Type.Integer({ minimum: 10, maximum: 1440 }),
  ...friends,
})

/** So many friends, and whoever asked them has a coupon. */
export const AssistTerms = Strict({
  kind: Type.Literal('assist'),
  /** Where it is shown. It sells nothing, so no goods say so. */
  storeIds: Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true }),
  helpers: Type.Integer({ minimum: 1, maximum: 20 }),
  /** What whoever asked gets, of a template of the way `reward`. */
  templateId: Uuid,
  ...friends,
})

export const SHARE_ACTS = ['claim', 'buy'] as const
/** A coupon for whoever brought somebody who did something: never for sharing. */
export const ShareOffTerms = Strict({
  kind: Type.Literal('share_off'),
  /** Where it is shown. It sells nothing, so no goods say so. */
  storeIds: Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true }),
  /** What the friend must do after opening: claim the coupon that is theirs, or buy and collect something. */
  act: OneOf(SHARE_ACTS),
  /** Only friends who had never bought anything count. */
  newOnly: Type.Boolean(),
  /** Between opening and doing it. */
  days: Type.Integer({ minimum: 1, maximum: 30 }),
  /** What whoever shared gets, of a template of the way `reward`. */
  templateId: Uuid,
  /** What a friend gets who opens it and says so, of the same way. */
  friendTemplateId: Maybe(Uuid),
  /** Friends who count for one sharer. */
  mostEach: Type.Integer({ minimum: 1, maximum: 50 }),
})
