/** Everyone's password in the demo; a production start refuses accounts that are marked as demo. */
export const DEMO_PASSWORD = 'linli-demo'

export type Account = {
  readonly account: string
  readonly name: string
  readonly role: 'hq' | 'manager' | 'clerk' | 'picker'
  readonly storeId: string | null
}

/** Invented people: manager, clerk (till and pickup counter) and picker of each store. */
const TEAMS: readonly (readonly [storeId: string, manager: string, clerk: string, picker: string])[] = [
  ['S01', '郭晓岚', '张小满', '李春生'],
  ['S02', '赵立冬', '王青禾', '孙大宝'],
  ['S03', '韩秋实', '刘雨晴', '马铁柱'],
  ['S04', '宋长河', '陈谷雨', '杨小川'],
  ['S05', '冯玉竹', '周白露', '吴向阳'],
  ['S06', '梁思源', '胡冬梅', '高远山'],
]

export const STAFF: readonly Account[] = [
  { account: 'hq', name: '总部 · 林知微', role: 'hq', storeId: null },
  ...TEAMS.flatMap(([storeId, manager, clerk, picker]): Account[] => {
    const number = storeId.slice(1)
    return [
      { account: storeId.toLowerCase(), name: manager, role: 'manager', storeId },
      { account: `clerk${number}`, name: clerk, role: 'clerk', storeId },
      { account: `picker${number}`, name: picker, role: 'picker', storeId },
    ]
  }),
]
