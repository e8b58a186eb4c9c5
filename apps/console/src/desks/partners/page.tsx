import { Button } from 'antd'
import { Plug, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EmptyState } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { liveKeys, partnerTag, scopeWord, type Partner } from './model.ts'
import { usePartners } from './page-data.ts'
import { PartnerPanel } from './panel.tsx'
import './partners.css'

const Standing = ({ row }: { row: Partner }) => {
  const { tone, word } = partnerTag(row, useNow())
  return <StateTag tone={tone}>{word}</StateTag>
}
const LastCall = ({ row }: { row: Partner }) => {
  const now = useNow()
  const last = row.keys
    .flatMap(({ lastCallAt }) => lastCallAt ?? [])
    .toSorted()
    .at(-1)
  return <span className="quiet small nowrap">{last ? when(last, now) : '还没连过'}</span>
}

const columns = (narrow: boolean): Column<Partner>[] => [
  {
    key: 'name',
    title: '接入方',
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <b className="clip">{row.name}</b>
        <small>{row.code}</small>
      </span>
    ),
  },
  {
    key: 'stores',
    title: '门店',
    width: 150,
    bone: 'short',
    cell: ({ storeIds }) => (storeIds ? storeIds.join('、') : <span className="quiet">全部门店</span>),
  },
  ...(narrow
    ? []
    : [
        {
          key: 'scopes',
          title: '能做什么',
          bone: 'text' as const,
          cell: (row: Partner) => <span className="small">{row.scopes.map(scopeWord).join('、')}</span>,
        },
        {
          key: 'keys',
          title: '钥匙',
          width: 80,
          bone: 'short' as const,
          cell: (row: Partner) => `${liveKeys(row).length} 把`,
        },
      ]),
  { key: 'state', title: '状态', width: 150, bone: 'short', cell: (row) => <Standing row={row} /> },
  { key: 'last', title: '上次连上', width: 120, bone: 'short', cell: (row) => <LastCall row={row} /> },
]

/** 开放平台: which systems may connect, what they may do, and the keys they sign with. */
export default function PartnersPage() {
  const result = usePartners()
  const { path } = useScope()
  const mayWrite = useMay('partners.write')
  const [open, setOpen] = useState<string>()
  const rows = result.data?.items ?? []
  const chosen = rows.find(({ id }) => id === open)
  const start = () => setOpen('new')
  useKeys(mayWrite ? [{ keys: 'n', label: '新接入方', run: start }] : [])
  const shown = open === 'new' || chosen !== undefined
  return (
    <div className={shown ? 'partners-page partners-page-open' : 'partners-page'}>
      <div className="list-page">
        <PageHead
          title="开放平台"
          note={shown ? undefined : '收银机、ERP 用自己的钥匙连进来，每一次请求都签名'}
        >
          <Link to={path('/partners/calls')}>
            <Button icon={<ScrollText size={16} />}>调用记录</Button>
          </Link>
          {mayWrite && (
            <Button type="primary" icon={<Plug size={16} />} onClick={start}>
              新接入方
            </Button>
          )}
        </PageHead>
        <section className="card list-card">
          <DataTable<Partner>
            label="接入方"
            result={result}
            columns={columns(shown)}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.name}
            {...(mayWrite ? { open: (row: Partner) => setOpen(row.id === open ? undefined : row.id) } : {})}
            current={chosen?.id}
            page={{ at: 1, size: Math.max(1, rows.length), total: rows.length, change: () => {} }}
            empty={
              <EmptyState
                title="还没有系统连进来"
                text="点「新接入方」，写清它能做什么、管哪几家店，再给它一把钥匙。"
              />
            }
          />
        </section>
      </div>
      {shown && <PartnerPanel key={open} partner={chosen} saved={setOpen} close={() => setOpen(undefined)} />}
    </div>
  )
}
