import { useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { ImportTray } from '../../ui/import-tray.tsx'
import { useNotice } from '../../ui/notice.ts'

const TEMPLATE = '\uFEFF条码,名称,副标题,分类,单位,价格,线上价,门店,货位,上架,称重,特产\r\n'

/** Goods and prices from CSV. */
export const GoodsImport = ({ close }: { close: () => void }) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return (
    <ImportTray
      close={close}
      importing={{
        things: '商品',
        unit: '个',
        title: '导入商品和价格',
        about: '条码',
        template: { name: '商品导入模板.csv', text: TEMPLATE },
        send: async (body) => {
          const report = await api('POST /console/v1/product-imports', { body })
          return {
            ...report,
            faults: report.faults.map(({ barcode, ...fault }) => ({ ...fault, about: barcode })),
          }
        },
        done: async ({ added, changed }) => {
          notice.success(`导好了：新增 ${added} 个，改 ${changed} 个`)
          await queries.invalidateQueries({ queryKey: ['goods'] })
        },
      }}
    />
  )
}
