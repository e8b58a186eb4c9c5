import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { Calculator, Plus } from 'lucide-react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { useCategories } from '../goods/page-data.ts'
import {
  fundingWords,
  goodsWords,
  pageSize,
  ruleFilters,
  ruleTabs,
  stageWords,
  stateWords,
  termsWords,
  type Rule,
  type State,
} from './model.ts'
import './rules.css'

const empties: Record<State, { title: string; text: string }> = {
  live: { title: '现在没有促销', text: '新建一条，先用一篮商品试算，看清再生效。' },
  planned: { title: '没有排着的促销', text: '开始时间写在以后的规则会在这里等着，到点自己生效。' },
  over: { title: '还没有结束过的促销', text: '规则从不修改：结束或换一版，旧的都留在这里。' },
}

const Period = ({ rule }: { rule: Rule }) => {
  const now = useNow()
  const until = rule.endedAt ?? rule.endsAt
  return (
    <span className="two-lines">
      <span className="nowrap">{when(rule.startsAt, now)} 起</span>
      <small>{until ? `到 ${when(until, now)}` : '没有定结束'}</small>
    </span>
  )
}

const Deeds = ({ rule }: { rule: Rule }) => {
  const { path } = useScope()
  const queries = useQueryClient()
  const notice = useNotice()
  const end = useMutation({
    mutationFn: () => api('POST /console/v1/price-rules/:ruleId/ending', { params: { ruleId: rule.id } }),
    onSuccess: () => {
      notice.success(`「${rule.label}」结束了，已下的单价不变`)
      void queries.invalidateQueries({ queryKey: ['price-rules'] })
    },
  })
  return (
    <span className="rule-deeds">
      <Refusal error={end.error} />
      <Link className="go" to={path(`/price-rules/new?from=${rule.id}`)}>
        换一版
      </Link>
      <Popconfirm
        title={`现在结束「${rule.label}」？`}
        description="新下的单马上不再减；已下的单不变。"
        okText="结束"
        cancelText="不结束"
        onConfirm={() => end.mutate()}
      >
        <button type="button" className="bare go">
          结束
        </button>
      </Popconfirm>
    </span>
  )
}

const columnsFor = (nameOf: (id: string) => string, mayChange: boolean): Column<Rule>[] => [
  {
    key: 'rule',
    title: '规则',
    cell: (rule) => (
      <span className="two-lines">
        <span>
          <b>{rule.label}</b> <Label>{stageWords[rule.stage]}</Label>
        </span>
        <small>{termsWords(rule)}</small>
      </span>
    ),
  },
  {
    key: 'goods',
    title: '哪些商品',
    width: 220,
    cell: (rule) => <span className="clip">{goodsWords(rule, nameOf)}</span>,
  },
  {
    key: 'stores',
    title: '门店',
    width: 130,
    cell: (rule) => (
      <span className="two-lines">
        <span className="clip">{rule.storeIds ? rule.storeIds.join('、') : '全部门店'}</span>
        <small>{fundingWords[rule.funding]}</small>
      </span>
    ),
  },
  { key: 'period', title: '时间', width: 150, cell: (rule) => <Period rule={rule} /> },
  {
    key: 'state',
    title: '状态',
    width: 110,
    cell: (rule) => <StateTag tone={stateWords[rule.state].tone}>{stateWords[rule.state].word}</StateTag>,
  },
  ...(mayChange
    ? [
        {
          key: 'deeds',
          title: <span className="sr-only">改</span>,
          width: 130,
          cell: (rule: Rule) => (rule.state === 'over' ? null : <Deeds rule={rule} />),
        },
      ]
    : []),
]

/** 促销: the price rules of the stores, what they do in a sentence, ended or replaced but never edited. */
export default function RulesPage() {
  const mayChange = useMay('goods.price')
  const { go } = useScope()
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  const { result, filters, page } = usePagedList({
    name: 'price-rules',
    size: pageSize,
    parse: ruleFilters,
    // Rules are asked for by state; the store on top of the page narrows nothing here.
    fetch: ({ state, page: at, limit }) =>
      api('GET /console/v1/price-rules', { query: { state, page: at, limit } }),
    refetchSeconds: 60,
  })
  useKeys(mayChange ? [{ keys: 'n', label: '新建促销', run: () => go('/price-rules/new') }] : [])
  return (
    <div className="list-page">
      <PageHead title="促销" note="规则从不修改：结束，或换一版；已下的单价永远不变">
        <Button icon={<Calculator size={15} />} onClick={() => go('/price-rules/trial')}>
          试算一篮
        </Button>
        {mayChange && (
          <Button type="primary" icon={<Plus size={16} />} onClick={() => go('/price-rules/new')}>
            新建促销
          </Button>
        )}
      </PageHead>
      <section className="card list-card">
        <CountTabs label="促销" tabs={ruleTabs(result.data?.counts, filters.state)} />
        <DataTable<Rule>
          label="促销"
          result={result}
          columns={columnsFor(nameOf, mayChange)}
          rowKey={(rule) => rule.id}
          rowLabel={(rule) => `${rule.label}，${termsWords(rule)}`}
          page={page}
          empty={<EmptyState {...empties[filters.state]} />}
        />
      </section>
    </div>
  )
}
