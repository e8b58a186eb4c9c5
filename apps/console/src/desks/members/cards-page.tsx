import { Button } from 'antd'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatFen } from '../../ui/fen.ts'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { CardImport, CardPanel } from './card-panel.tsx'
import {
  cardFilters,
  cardsCsv,
  cardTabs,
  type OldCard,
  pageSize,
  stateOf,
  stateTones,
  stateWords,
} from './model.ts'
import { MemberTabs } from './tabs.tsx'
import './members.css'

const Bound = ({ card: { binding } }: { card: OldCard }) => {
  const now = useNow()
  const { path } = useScope()
  const maySee = useMay('members.read')
  if (!binding) return <span className="quiet">—</span>
  const who = `${binding.member.name} ${binding.member.phoneTail ?? ''}`
  return (
    <span className="two-lines">
      {maySee ? (
        <Link className="go clip" to={path(`/members/${binding.member.id}`)}>
          {who}
        </Link>
      ) : (
        <b className="clip">{who}</b>
      )}
      <small>
        {when(binding.at, now)}，
        {binding.way === 'phone'
          ? '凭手机号自己绑'
          : `${whoWords(binding.by)} 在 ${binding.storeId ?? ''} 绑`}
      </small>
    </span>
  )
}

const columns: Column<OldCard>[] = [
  {
    key: 'no',
    title: '卡号',
    width: 150,
    cell: ({ no }) => <b className="strong nowrap">{no}</b>,
  },
  {
    key: 'who',
    title: '登记',
    width: 150,
    cell: ({ name, phoneTail }) => (
      <span className="two-lines">
        <span className="clip">{name ?? '没有记姓名'}</span>
        <small>{phoneTail ? `手机尾号 ${phoneTail}` : '没有记手机'}</small>
      </span>
    ),
  },
  {
    key: 'points',
    title: '积分',
    width: 90,
    align: 'right',
    bone: 'short',
    cell: ({ points }) => points.toLocaleString('en-US'),
  },
  {
    key: 'growth',
    title: '成长值',
    width: 90,
    align: 'right',
    bone: 'short',
    cell: ({ growth }) => growth.toLocaleString('en-US'),
  },
  {
    key: 'history',
    title: '以前的消费',
    cell: ({ purchases, spentFen, firstBought, lastBought }) => (
      <span className="two-lines">
        <span className="clip">
          {purchases === null ? '没有记次数' : `${purchases} 次`}
          {spentFen === null ? '' : `，共 ${formatFen(spentFen)}`}
        </span>
        <small>{[firstBought, lastBought].filter(Boolean).join(' 到 ') || '没有记日期'}</small>
      </span>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 110,
    cell: (card) => <StateTag tone={stateTones[stateOf(card)]}>{stateWords[stateOf(card)]}</StateTag>,
  },
  { key: 'bound', title: '绑给', width: 230, cell: (card) => <Bound card={card} /> },
]

/** Columns that give way to the panel. */
const ASIDE = new Set(['history', 'growth'])

/** 老会员卡: the plastic cards of the time before, whose they are now, and what may be mended. */
export default function OldCardsPage() {
  const mayImport = useMay('cards.import')
  const mayMend = useMay('cards.undo')
  const [importing, setImporting] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const { result, filters, page, change, every } = usePagedList({
    name: 'old-cards',
    size: pageSize,
    parse: cardFilters,
    fetch: (asked) => {
      const { storeId: _, ...query } = asked
      return api('GET /console/v1/old-cards', { query })
    },
    refetchSeconds: 60,
  })
  const tools = useListTools('old-cards', columns)
  const card = result.data?.items.find(({ no }) => no === chosen)
  const clear = () => change({ q: undefined, state: undefined })
  const open = mayMend ? { open: ({ no }: OldCard) => setChosen(no), current: card?.no } : {}
  return (
    <div
      className={card ? 'members-page members-list-page members-page-open' : 'members-page members-list-page'}
    >
      <div className="list-page">
        <PageHead
          title="老会员卡"
          note={card ? undefined : '顾客凭办卡的手机号自己绑，或带卡到店由店员绑；一张卡只归一位会员'}
        >
          <CsvButton name="老会员卡" disabled={page.total === 0} rows={every} text={cardsCsv} />
          {mayImport && (
            <Button type="primary" icon={<FileUp size={15} />} onClick={() => setImporting(true)}>
              导入
            </Button>
          )}
        </PageHead>
        <MemberTabs />
        <section className="card list-card">
          <CountTabs label="老会员卡" tabs={cardTabs(result.data?.counts, filters.state)} tools={tools} />
          <FilterRow chips={[]} onRemove={() => undefined} onClear={clear}>
            <SearchField
              value={filters.q ?? ''}
              change={(q) => change({ q })}
              placeholder="卡号，或手机尾号"
            />
          </FilterRow>
          <DataTable<OldCard>
            label="老会员卡"
            result={result}
            columns={card ? tools.shown.filter(({ key }) => !ASIDE.has(key)) : tools.shown}
            dense={tools.look.dense}
            rowKey={({ no }) => no}
            rowLabel={(row) => `${row.no}，${stateWords[stateOf(row)]}`}
            {...open}
            page={page}
            empty={
              filters.q || filters.state ? (
                <NoMatch title="没有这样的卡" text="去掉一个条件再看。">
                  <Button type="primary" onClick={clear}>
                    全清
                  </Button>
                </NoMatch>
              ) : (
                <EmptyState
                  title="还没有老会员卡"
                  text="从以前的收银系统导出一份 .xlsx 或 CSV，导进来，顾客就能绑。"
                >
                  {mayImport && (
                    <Button type="primary" onClick={() => setImporting(true)}>
                      导入
                    </Button>
                  )}
                </EmptyState>
              )
            }
          />
        </section>
      </div>
      {card && <CardPanel key={card.no} card={card} close={() => setChosen(undefined)} />}
      {importing && <CardImport close={() => setImporting(false)} />}
    </div>
  )
}
