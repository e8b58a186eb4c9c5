import { problem } from '#kernel/problem'

export const sourceMissing = problem('feeds.source_missing', 404, 'there is no such source')
export const sourceOff = problem('feeds.source_off', 409, 'this source is switched off')
export const codeTaken = problem('feeds.code_taken', 409, 'another source has this code')
export const versionStale = problem(
  'feeds.version_stale',
  409,
  'somebody else changed this source: read it again',
)
export const storeTaken = problem('feeds.store_taken', 409, 'another source tells the stock of this store')
export const termsInvalid = problem(
  'feeds.terms_invalid',
  422,
  'goods stop later than their counts are stale',
)
export const mappingTaken = problem('feeds.mapping_taken', 409, 'another code of this source means this SKU')
export const mappingMissing = problem(
  'feeds.mapping_missing',
  422,
  'there is no such SKU, store or category of ours',
)
export const tooManyEvents = problem('feeds.too_many_events', 422, 'at most 500 events at once')
export const runMissing = problem('feeds.run_missing', 404, 'there is no such run')
export const runState = problem('feeds.run_state', 409, 'the run is in a state that does not allow this')
export const keyReused = problem('feeds.key_reused', 409, 'this key was used for another full list')
export const topicNotTold = problem('feeds.topic_not_told', 409, 'this source does not tell this')
export const asOfInvalid = problem(
  'feeds.as_of_invalid',
  422,
  'this moment does not exist or has not been yet',
)
export const rowsDiffer = problem('feeds.rows_differ', 409, 'another number of rows arrived than was sent')
export const fileKnown = problem('feeds.file_known', 409, 'this file was taken in before')
export const fileUnreadable = problem(
  'feeds.file_unreadable',
  422,
  'this is neither an .xlsx nor a CSV in UTF-8 or GB18030',
)
export const fileColumnsMissing = problem('feeds.file_columns_missing', 422, 'columns are missing')
export const fileTooLong = problem('feeds.file_too_long', 422, 'too many rows for one file')
