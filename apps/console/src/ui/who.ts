/** Who did something, as ledgers and events write it (`staff:hq`, `member:…`, `system`), in words. Never a shopper's name. */
export const whoWords = (by: string): string => {
  const [kind, name] = by.split(':')
  if (kind === 'member') return '顾客'
  if (kind === 'staff') return name ?? '员工'
  if (kind === 'seed') return '演示数据'
  return kind === 'system' ? '系统' : by
}

/** The name to greet and to draw: rosters write `总部 · 林知微`, people are called 林知微. */
export const givenName = (name: string): string => name.split('·').at(-1)?.trim() || name
