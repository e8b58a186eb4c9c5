import { problem } from '#kernel/problem'

export const audienceMissing = problem('audiences.missing', 404, 'there is no such audience')
export const ruleUnsound = problem(
  'audiences.rule_unsound',
  400,
  'the rule says something that cannot be asked',
)
export const tooSlow = problem(
  'audiences.too_slow',
  422,
  'the rule asks for more than can be counted in time',
)
export const nameTaken = problem('audiences.name_taken', 409, 'another audience bears this name')
export const tooMany = problem('audiences.too_many', 409, 'there are as many as a chain may have')
export const revisionStale = problem(
  'audiences.revision_stale',
  409,
  'the draft was changed by somebody else',
)
export const nothingNew = problem('audiences.nothing_new', 409, 'the draft says what the last version says')
export const ruleEmpty = problem('audiences.empty', 409, 'a version needs a condition')
export const versionNone = problem('audiences.version_none', 409, 'no version has been saved yet')
export const tagTaken = problem('audiences.tag_taken', 409, 'another tag bears this name')
export const tagLoop = problem(
  'audiences.tag_loop',
  409,
  'an audience may not ask for the tag that it writes',
)
export const tagMissing = problem('audiences.tag_missing', 404, 'there is no such tag')
export const tagAutomatic = problem('audiences.tag_automatic', 409, 'this tag is written by an audience')
export const snapshotMissing = problem('audiences.snapshot_missing', 404, 'there is no such snapshot')
export const snapshotReleased = problem(
  'audiences.released',
  410,
  'who was in this snapshot is not kept any more',
)
export const cursorInvalid = problem('audiences.cursor_invalid', 400, 'this cursor is none of ours')
