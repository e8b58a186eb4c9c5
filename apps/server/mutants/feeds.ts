import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const GOODS = `${STORIES}/feeds-goods.test.ts`
const STOCK = `${STORIES}/feeds-stock.test.ts`
const FILES = `${STORIES}/feeds-files.test.ts`

export const feeds: readonly Guard[] = [
  {
    name: 'stores that a partner may not speak of',
    file: `${R}/feeds/words.ts`,
    find: 'if (storeIds && !storeIds.includes(storeId))',
    replace: 'if (storeIds?.length === 0)',
    tests: [GOODS],
  },
  {
    name: 'the source of another partner',
    file: `${R}/feeds/views.ts`,
    find: 'source?.partnerCode === actor.code ? source : refuse(sourceMissing)',
    replace: 'source && actor.code ? source : refuse(sourceMissing)',
    tests: [GOODS],
  },
  {
    name: 'other content under a number that was used',
    file: `${R}/feeds/hearing.ts`,
    find: 'else if (before.hash.equals(hash)) sorted.duplicate++',
    replace: 'else if (before.hash.length > 0) sorted.duplicate++',
    tests: [STOCK],
  },
  {
    name: 'a number that was forgotten is not new',
    file: `${R}/feeds/hearing.ts`,
    find: '!before && wasHeard(numbers, word.no)',
    replace: '!before && !wasHeard && wasHeard(numbers, word.no)',
    tests: [STOCK],
  },
  {
    name: 'a list of which rows are missing',
    file: `${R}/feeds/snapshots.ts`,
    find: "if (run.state === 'OPEN' && run.rows !== rows) refuse(rowsDiffer, { rows: run.rows })",
    replace: '',
    tests: [GOODS],
  },
  {
    name: 'another part under a number that was used',
    file: `${R}/feeds/snapshots.ts`,
    find: 'if (!same) refuse(keyReused, { part: partNo })',
    replace: '',
    tests: [GOODS],
  },
  {
    name: 'a file that was taken in before',
    file: `${R}/feeds/files.ts`,
    find: "if (known && known.state !== 'OPEN') refuse(fileKnown, { run: known.no })",
    replace: '',
    tests: [FILES],
  },
  {
    name: 'a newer word on a price',
    file: `${R}/feeds/newest.ts`,
    find: 'before.seq === null || seq > before.seq',
    replace: 'before.seq === null || seq > 0',
    tests: [GOODS],
  },
  {
    name: 'our own people counted later',
    file: `${R}/inventory/syncing.ts`,
    find: 'word.counted && here.correctedAt === null',
    replace: 'word.counted',
    tests: [STOCK],
  },
  {
    name: 'a strike-through price above what the law allows',
    file: `${R}/catalog/taking.ts`,
    find: 'return wish.basePriceFen > allowed',
    replace: 'return wish.basePriceFen > allowed * 1000',
    tests: [GOODS],
  },
  {
    name: 'what a till corrects is no count of our people',
    file: `${R}/inventory/syncing.sql.ts`,
    find: ' and e.till_id is null)',
    replace: ')',
    tests: [STOCK],
  },
]
