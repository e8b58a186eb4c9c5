import { Pagination } from 'antd'

import { useUrlFilters } from '../../ui/url-filters.ts'

export const PAGE_SIZE = 20
/** The page of the address. */
export function usePageNo(): number {
  const typed = Number(useUrlFilters().params.get('page') ?? 1)
  return Number.isInteger(typed) && typed >= 1 && typed <= 10_000 ? typed : 1
}
/** Turns the pages of a list; nothing where one page is all. */
export const Pages = ({ total }: { total: number }) => {
  const page = usePageNo()
  const { change } = useUrlFilters()
  return total <= PAGE_SIZE ? null : (
    <Pagination
      className="commission-pages"
      size="small"
      current={page}
      total={total}
      pageSize={PAGE_SIZE}
      showSizeChanger={false}
      onChange={(next) => change({ page: next === 1 ? undefined : String(next) })}
    />
  )
}
