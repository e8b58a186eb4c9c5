import { Button } from 'antd'
import { Navigate } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import {
  memberChips,
  memberFilters,
  type MemberRow,
  membersCsv,
  memberTabs,
  pageSize,
  sortChoices,
  type Terms,
  tierName,
} from './model.ts'
import { MemberTabs, useTierTerms } from './tabs.tsx'
import './members.css'

const columnsFor = (now: number, terms: Terms | undefined): Column<MemberRow>[] => [
  {
    key: 'member',
    title: '会员',
    cell: ({ member, blocked }) => (
      <span className="two-lines">
        <b className="clip">
          {member.name} {blocked && <StateTag tone="over">停用</StateTag>}
        </b>
        <small>{member.phoneTail ? `手机尾号 ${member.phoneTail}` : '没绑手机'}</small>
      </span>
    ),
  },
  {
    key: 'tier',
    title: '等级',
    width: 130,
    cell: ({ tier }) => (tier === null ? '—' : <Label tone="leaf">{tierName(terms, tier)}</Label>),
  },
  {
    key: 'growth',
    title: '本期成长值',
    width: 130,
    align: 'right',
    bone: 'short',
    cell: ({ growth }) => growth.toLocaleString('en-US'),
  },
  {
    key: 'points',
    title: '积分',
    width: 120,
    align: 'right',
    bone: 'short',
    cell: ({ points }) => (
      <b className={points < 0 ? 'members-debt' : 'strong'}>{points.toLocaleString('en-US')}</b>
    ),
  },
  {
    key: 'cards',
    title: '老会员卡',
    width: 110,
    align: 'right',
    bone: 'short',
    cell: ({ oldCards }) => (oldCards > 0 ? `${oldCards} 张` : '—'),
  },
  {
    key: 'joined',
    title: '加入',
    width: 150,
    cell: ({ joinedAt }) => <span className="quiet nowrap">{when(joinedAt, now)}</span>,
  },
]

const Members = () => {
  const now = useNow()
  const { go } = useScope()
  const { now: terms } = useTierTerms()
  const { result, filters, page, change, every } = usePagedList({
    name: 'membership',
    size: pageSize,
    parse: memberFilters,
    // Members belong to the chain, whatever store is looked at.
    fetch: (asked) => {
      const { storeId: _, ...query } = asked
      return api('GET /console/v1/membership', { query })
    },
    refetchSeconds: 60,
  })
  const tools = useListTools('membership', columnsFor(now, terms))
  const clear = () => change({ q: undefined, sort: undefined, tier: undefined })
  return (
    <div className="list-page">
      <PageHead title="会员" note="名字中间打星，靠手机尾号认人；看完整号码要写原因，留在操作记录里">
        <CsvButton
          name="会员"
          disabled={page.total === 0}
          rows={every}
          text={(rows) => membersCsv(rows, (code) => tierName(terms, code))}
        />
      </PageHead>
      <MemberTabs />
      <section className="card list-card">
        <CountTabs label="等级" tabs={memberTabs(terms, result.data?.counts, filters.tier)} tools={tools} />
        <FilterRow
          chips={memberChips(filters)}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={clear}
        >
          {!filters.sort && (
            <PickFilter name="排序" options={sortChoices} pick={(sort) => change({ sort })} />
          )}
          <SearchField
            value={filters.q ?? ''}
            change={(q) => change({ q })}
            placeholder="手机尾号、名字，或老卡号"
          />
        </FilterRow>
        <DataTable<MemberRow>
          label="会员"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={({ member }) => member.id}
          rowLabel={({ member, tier }) => `${member.name}，${tierName(terms, tier)}`}
          open={({ member }) => go(`/members/${member.id}`)}
          page={page}
          empty={
            filters.q || filters.tier ? (
              <NoMatch title="没有这样的会员" text="尾号要等顾客在小程序里绑定手机后才查得到。">
                <Button type="primary" onClick={clear}>
                  全清
                </Button>
              </NoMatch>
            ) : (
              <EmptyState title="还没有会员" text="顾客第一次登录小程序，就会出现在这里。" />
            )
          }
        />
      </section>
    </div>
  )
}

/** 会员: who they are, masked, with tier, growth and points. Managers come here for the plastic cards alone. */
export default function MembersPage() {
  const { path } = useScope()
  return useMay('members.read') ? <Members /> : <Navigate to={path('/members/old-cards')} replace />
}
