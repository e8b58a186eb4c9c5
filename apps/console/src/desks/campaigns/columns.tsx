import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { deskOf } from './kinds/index.ts'
import { type Campaign, goodsWords, priceWords, standingOf, storesOf, totalsOf } from './model.ts'
import { spanWords } from './times.ts'

export const columns: readonly Column<Campaign>[] = [
  {
    key: 'name',
    title: '活动',
    bone: 'thumb',
    cell: (campaign) => (
      <span className="product-cell">
        <Thumb src={campaign.goods[0]?.picture?.s} size={40} />
        <span className="two-lines">
          <b className="clip">{campaign.name}</b>
          <small className="clip">
            {deskOf(campaign.kind).word} · {goodsWords(campaign)}
          </small>
        </span>
      </span>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 104,
    cell: (campaign) => {
      const { word, tone } = standingOf(campaign)
      return <StateTag tone={tone}>{word}</StateTag>
    },
  },
  {
    key: 'span',
    title: '什么时候',
    width: 256,
    cell: ({ startsAt, endsAt }) => <span className="quiet">{spanWords(startsAt, endsAt)}</span>,
  },
  {
    key: 'price',
    title: '活动价',
    width: 100,
    align: 'right',
    cell: (campaign) => priceWords(campaign) || '–',
  },
  {
    key: 'stores',
    title: '门店',
    width: 120,
    cell: (campaign) => <span className="quiet">{storesOf(campaign).join('、')}</span>,
  },
  {
    key: 'taken',
    title: '已占 / 总量',
    width: 110,
    align: 'right',
    cell: ({ stock }) => {
      const { taken, quota } = totalsOf(stock)
      if (quota === 0) return '–'
      return (
        <>
          <b>{taken}</b> / {quota}
        </>
      )
    },
  },
]
