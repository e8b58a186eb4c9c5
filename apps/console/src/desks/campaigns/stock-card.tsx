import { TriangleAlert } from 'lucide-react'

import type { Campaign } from './model.ts'

/** Store by store: how many were meant, could be set aside, may be had by now, and are in orders. */
export const StockTable = ({ campaign }: { campaign: Campaign }) => {
  const { stock, goods, state } = campaign
  const held = state === 'LIVE' || state === 'SCHEDULED'
  const several = goods.length > 1
  const short = held && stock.some(({ quota, carved }) => carved > 0 && carved < quota)
  return (
    <>
      <table className="plain-table campaign-stock">
        <thead>
          <tr>
            <th>门店</th>
            {several && <th>商品</th>}
            <th className="num">定量</th>
            <th className="num">留出</th>
            <th className="num">已放</th>
            <th className="num">已占</th>
          </tr>
        </thead>
        <tbody>
          {stock.map((row) => (
            <tr key={`${row.storeId} ${row.skuId}`}>
              <td>{row.storeId}</td>
              {several && (
                <td className="clip">{goods.find(({ skuId }) => skuId === row.skuId)?.name ?? ''}</td>
              )}
              <td className="num">{row.quota}</td>
              <td className={held && row.carved > 0 && row.carved < row.quota ? 'num campaign-short' : 'num'}>
                {row.carved}
              </td>
              <td className="num">{row.released}</td>
              <td className="num strong">{row.taken}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {short && (
        <p className="campaign-warn small">
          <TriangleAlert size={14} aria-hidden="true" />
          货架上不够，只留出了这些；到了货会自己接着留，直到结束。
        </p>
      )}
    </>
  )
}
