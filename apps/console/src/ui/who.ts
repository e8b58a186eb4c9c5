/** Who did something, as ledgers and events write it (`staff:hq`, `member:…`, `system`), in words. Never a shopper's name. */
export const whoWords = (by: string): string => {
  const [kind, name] = by.split(':')
  if (kind === 'member') return '顾客'
  if (kind === 'staff') return name ?? '员工'
  return kind === 'system' ? '系统' : by
}
