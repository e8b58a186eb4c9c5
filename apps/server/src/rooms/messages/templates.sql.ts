import type { Reader, Tx } from '#kernel/db'

/** What head office changed about a kind. */
export interface TemplateRow {
  kind: string
  enabled: boolean
  byWechat: boolean
  bySms: boolean
  title: string
  body: string
  changedAt: Date
  changedBy: string
}

export const listTemplates = (db: Reader): Promise<TemplateRow[]> =>
  db
    .selectFrom('message_template')
    .select([
      'kind',
      'enabled',
      'by_wechat as byWechat',
      'by_sms as bySms',
      'title',
      'body',
      'changed_at as changedAt',
      'changed_by as changedBy',
    ])
    .orderBy('kind')
    .execute()

export const putTemplate = async (tx: Tx, row: TemplateRow): Promise<boolean> => {
  const set = {
    enabled: row.enabled,
    by_wechat: row.byWechat,
    by_sms: row.bySms,
    title: row.title,
    body: row.body,
    changed_at: row.changedAt,
    changed_by: row.changedBy,
  }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('message_template')
    .values({ kind: row.kind, ...set })
    .onConflict((on) => on.column('kind').doUpdateSet(set))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
