import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Popconfirm } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope, useStores } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { guideWords } from './model.ts'

/** Codes in force: a store's own for its poster, and those that people showed from their telephones. */
export const CodesCard = ({ poster }: { poster: (storeId: string) => void }) => {
  const { storeId } = useScope()
  const stores = useStores().data ?? []
  const mayEnd = useMay('promoters.write')
  const now = useNow()
  const notice = useNotice()
  const queries = useQueryClient()
  const query = storeId ? { storeId } : {}
  const codes = useQuery({
    queryKey: ['guide-codes', query],
    queryFn: () => api('GET /console/v1/guide-codes', { query }),
  })
  const end = useMutation({
    mutationFn: (codeId: string) =>
      api('POST /console/v1/guide-codes/:codeId/ending', { params: { codeId } }),
    onSuccess: () => {
      notice.success('停用了，再扫就不算了')
      void queries.invalidateQueries({ queryKey: ['guide-codes'] })
      queries.removeQueries({ queryKey: ['guide-code'] })
    },
  })
  const shown = stores.filter(({ id }) => !storeId || id === storeId)
  return (
    <Card title="在用的码" note="店员的码在手机「我的引导」里，第一次打开就有">
      <Refusal error={end.error} />
      {codes.isPending && <Bones lines={4} />}
      {codes.isError && (
        <ErrorState title="码没取回来" error={codes.error} retry={() => void codes.refetch()} />
      )}
      {codes.data && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>门店</th>
              <th>谁的</th>
              <th>什么时候有的</th>
              <th aria-label="操作" />
            </tr>
          </thead>
          <tbody>
            {shown.map((store) => {
              const own = codes.data.items.filter((code) => code.storeId === store.id)
              const ofStore = own.find(({ staffId }) => staffId === null)
              return [
                <tr key={store.id}>
                  <td className="nowrap">{store.name}</td>
                  <td>门店海报</td>
                  <td className="quiet nowrap">{ofStore ? when(ofStore.madeAt, now) : '还没有'}</td>
                  <td className="nowrap guide-deeds">
                    <button
                      type="button"
                      className="bare go"
                      aria-label={`${store.name}的海报`}
                      onClick={() => poster(store.id)}
                    >
                      海报
                    </button>
                    {ofStore && mayEnd && <End code={ofStore} end={() => end.mutate(ofStore.id)} />}
                  </td>
                </tr>,
                ...own
                  .filter(({ staffId }) => staffId !== null)
                  .map((code) => (
                    <tr key={code.id}>
                      <td />
                      <td>{guideWords(code)}</td>
                      <td className="quiet nowrap">{when(code.madeAt, now)}</td>
                      <td className="nowrap guide-deeds">
                        {mayEnd && <End code={code} end={() => end.mutate(code.id)} />}
                      </td>
                    </tr>
                  )),
              ]
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

const End = ({
  code,
  end,
}: {
  code: { staffId: string | null; staffName: string | null; storeName: string }
  end: () => void
}) => (
  <Popconfirm
    title="停用这个码？"
    description="再扫就不算了，印出去的海报也一样；以前带来的顾客照算。下次打开会有一个新的。"
    okText="停用"
    cancelText="不动"
    placement="topRight"
    onConfirm={end}
  >
    <button type="button" className="bare go" aria-label={`停用${code.storeName}${guideWords(code)}的码`}>
      停用
    </button>
  </Popconfirm>
)
