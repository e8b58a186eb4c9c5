import { type Static, Type } from 'typebox'
import { AudienceRule, RULE_FAULTS, SEGMENTS } from './audience-rules.ts'
import { MemberAtDesk } from './members.ts'
import {
  Cursor,
  Day,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  Nothing,
  OneOf,
  Page,
  StoreId,
  Strict,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const SNAPSHOT_CAUSES = ['nightly', 'asked', 'drop'] as const
/** Definitions that every chain begins with; editable like any other. */
export const READY_AUDIENCES = [
  'best_regulars',
  'sleeping',
  'weekend_families',
  'parents',
  'no_second',
] as const
export const RFM_RULES = ['A', 'B'] as const

const Count = Type.Integer({ minimum: 0 })
export const Snapshot = Type.Object({
  id: Uuid,
  version: Type.Integer(),
  cause: OneOf(SNAPSHOT_CAUSES),
  day: Day,
  takenAt: Instant,
  by: Type.String(),
  members: Count,
  entered: Type.Integer({ description: 'who is in it and was not in the one before' }),
  left: Type.Integer({ description: 'who was in the one before and is not in it' }),
  released: Type.Boolean({ description: 'true: it is old, and who was in it is not kept any more' }),
})
const head = {
  id: Uuid,
  name: Type.String(),
  note: Type.String(),
  ready: Maybe(OneOf(READY_AUDIENCES)),
  version: Type.Integer({ description: 'the last that was saved; 0: none yet' }),
  changed: Type.Boolean({ description: 'its draft says something else than its last version' }),
  nightly: Type.Boolean({ description: 'taken anew every night' }),
  tag: Maybe(Type.Object({ id: Uuid, name: Type.String() })),
  latest: Maybe(Snapshot),
}
export const AudienceHead = Type.Object(head)
export const Audience = Type.Object({
  ...head,
  revision: Type.Integer({ description: 'goes up with each change of the draft' }),
  rule: AudienceRule,
  versions: Type.Array(
    Type.Object({ version: Type.Integer(), savedAt: Instant, by: Type.String(), rule: AudienceRule }),
  ),
  snapshots: Type.Array(Snapshot),
})
/** What a condition is of one member: a figure, or what they are one of. */
const Figure = Type.Union([Type.Integer(), Type.Array(Type.String()), Type.Null()])
const Reason = Type.Object({
  path: Type.String({ description: 'the condition: `0`, `2.1`' }),
  figure: Figure,
  holds: Type.Boolean({ description: 'the condition with its `not`' }),
})
const counted = {
  all: Type.Integer({ description: 'members there are' }),
  rows: Type.Array(
    Type.Object({
      left: Count,
      alone: Maybe(Type.Array(Count, { description: 'of a group: how many each part keeps by itself' })),
    }),
  ),
  members: Type.Integer({ description: 'who is left after whoever switched marketing off is taken out' }),
  reachable: Type.Integer({ description: 'of them, who agreed to marketing' }),
  asOf: Instant,
  tookMs: Type.Integer(),
}
export const AudienceCount = Type.Object(counted)
const ByAudience = Strict({ audienceId: Uuid })
const unsound = ['audiences.rule_unsound', 'audiences.too_slow'] as const
const read = { access: 'console', permission: 'audiences.read' } as const
const write = { access: 'console', permission: 'audiences.write' } as const

export const consoleAudienceRoutes = defineRoutes({
  'GET /console/v1/audiences': {
    ...read,
    summary: 'Audiences with what they came to last, ready definitions first',
    ok: Type.Object({ items: Type.Array(AudienceHead) }),
    errors: [],
  },
  'POST /console/v1/audiences': {
    ...write,
    summary: 'Begin an audience, as a draft',
    body: Strict({ name: Line(20), note: Text(120), rule: AudienceRule }),
    ok: Audience,
    status: 201,
    errors: ['audiences.rule_unsound', 'audiences.name_taken', 'audiences.too_many'],
  },
  'GET /console/v1/audiences/:audienceId': {
    ...read,
    summary: 'One audience: its draft, every version, its last snapshots',
    params: ByAudience,
    ok: Audience,
    errors: ['audiences.missing'],
  },
  'PUT /console/v1/audiences/:audienceId/draft': {
    ...write,
    summary: 'Change a draft; what was saved as a version stays as it is',
    params: ByAudience,
    body: Strict({ name: Line(20), note: Text(120), rule: AudienceRule, revision: Count }),
    ok: Audience,
    errors: [
      'audiences.missing',
      'audiences.rule_unsound',
      'audiences.name_taken',
      'audiences.revision_stale',
      'audiences.tag_loop',
    ],
  },
  'POST /console/v1/audiences/:audienceId/versions': {
    ...write,
    summary: 'Save the draft as the next version; snapshots are taken by it from now on',
    params: ByAudience,
    body: Strict({ revision: Count }),
    ok: Audience,
    status: 201,
    errors: [
      'audiences.missing',
      'audiences.rule_unsound',
      'audiences.revision_stale',
      'audiences.nothing_new',
      'audiences.empty',
    ],
  },
  'PUT /console/v1/audiences/:audienceId/upkeep': {
    ...write,
    summary: 'Whether it is taken anew every night, and which tag its members bear',
    params: ByAudience,
    body: Strict({ nightly: Type.Boolean(), tag: Maybe(Line(12)) }),
    ok: Audience,
    errors: ['audiences.missing', 'audiences.tag_taken', 'audiences.tag_loop'],
  },
  'DELETE /console/v1/audiences/:audienceId': {
    ...write,
    summary: 'Put an audience away; its snapshots stay, its tag goes',
    params: ByAudience,
    ok: Nothing,
    status: 204,
    errors: ['audiences.missing'],
  },
  'POST /console/v1/audience-counts': {
    ...read,
    summary: 'How many members a rule leaves, row by row; keeps nothing',
    body: Strict({ rule: AudienceRule }),
    ok: AudienceCount,
    errors: unsound,
  },
  'POST /console/v1/audience-samples': {
    ...read,
    summary:
      'Five members of a rule, drawn anew for each seed, with the figure of each condition; and where they buy',
    body: Strict({ rule: AudienceRule, seed: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ member: MemberAtDesk, storeId: Maybe(StoreId), reasons: Type.Array(Reason) }),
      ),
      byStore: Type.Array(Type.Object({ storeId: StoreId, members: Count }), {
        description: 'by the store where each bought most often in the last 180 days',
      }),
    }),
    errors: unsound,
  },
  'POST /console/v1/audience-reasons': {
    ...read,
    summary: 'Why a member is in a rule, or is not: the figure behind each condition',
    body: Strict({ rule: AudienceRule, memberId: Uuid }),
    ok: Type.Object({
      member: MemberAtDesk,
      reasons: Type.Array(Reason),
      isIn: Type.Boolean(),
      marketing: Type.Object({
        agreed: Maybe(Type.Boolean({ description: 'null: never said anything' })),
        since: Maybe(Type.String()),
      }),
    }),
    errors: [...unsound, 'members.missing'],
  },
  'POST /console/v1/audiences/:audienceId/snapshots': {
    ...write,
    summary: 'Take who is in the last version now, and note who entered and left',
    params: ByAudience,
    ok: Snapshot,
    status: 201,
    errors: ['audiences.missing', 'audiences.version_none', 'audiences.too_slow'],
  },
  'GET /console/v1/audience-snapshots/:snapshotId/members': {
    ...read,
    summary: 'Who is in a snapshot, who entered, or who left',
    params: Strict({ snapshotId: Uuid }),
    query: Strict({
      which: Type.Optional(OneOf(['all', 'entered', 'left'])),
      cursor: Cursor,
      limit: Limit,
    }),
    ok: Page(MemberAtDesk),
    errors: ['audiences.snapshot_missing', 'audiences.released', 'audiences.cursor_invalid'],
  },
  'GET /console/v1/rfm': {
    ...read,
    summary: 'Members by recency and frequency as of the last night, by percentiles (A) or by fifths (B)',
    query: Strict({ rule: Type.Optional(OneOf(RFM_RULES)) }),
    ok: Type.Object({
      run: Maybe(
        Type.Object({
          rule: OneOf(RFM_RULES),
          day: Day,
          takenAt: Instant,
          members: Count,
          cuts: Maybe(
            Type.Object({
              r: Type.Array(Type.Number()),
              f: Type.Array(Type.Number()),
              m: Type.Array(Type.Number()),
            }),
          ),
          cells: Type.Array(
            Type.Object({ r: Type.Integer(), f: Type.Integer(), members: Count, keptFen: Fen }),
          ),
          segments: Type.Array(Type.Object({ segment: OneOf(SEGMENTS), members: Count, keptFen: Fen })),
        }),
      ),
    }),
    errors: [],
  },
  'GET /console/v1/tags': {
    ...read,
    summary: 'Tags, with how many members bear each',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Uuid,
          name: Type.String(),
          audience: Maybe(Type.Object({ id: Uuid, name: Type.String() })),
          members: Count,
        }),
      ),
    }),
    errors: [],
  },
  'POST /console/v1/tags': {
    ...write,
    summary: 'A tag that staff put on members by hand',
    body: Strict({ name: Line(12) }),
    ok: Type.Object({ id: Uuid, name: Type.String() }),
    status: 201,
    errors: ['audiences.tag_taken', 'audiences.too_many'],
  },
  'GET /console/v1/members/:memberId/tags': {
    ...read,
    summary: 'Which tags a member bears',
    params: Strict({ memberId: Uuid }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Uuid,
          name: Type.String(),
          automatic: Type.Boolean(),
          at: Instant,
          by: Type.String(),
        }),
      ),
    }),
    errors: [],
  },
  'PUT /console/v1/tags/:tagId/members/:memberId': {
    ...write,
    summary: 'Put a tag on a member; the same again changes nothing',
    params: Strict({ tagId: Uuid, memberId: Uuid }),
    ok: Nothing,
    status: 204,
    errors: ['audiences.tag_missing', 'audiences.tag_automatic', 'members.missing'],
  },
  'DELETE /console/v1/tags/:tagId/members/:memberId': {
    ...write,
    summary: 'Take a tag off a member',
    params: Strict({ tagId: Uuid, memberId: Uuid }),
    ok: Nothing,
    status: 204,
    errors: ['audiences.tag_missing', 'audiences.tag_automatic', 'members.missing'],
  },
})
/** What `audiences.rule_unsound` says in its data. */
export const RuleUnsound = Type.Object({ path: Type.String(), fault: OneOf(RULE_FAULTS) })
export type AudienceCount = Static<typeof AudienceCount>
