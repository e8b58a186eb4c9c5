import { useScope } from '../../shell/scope.ts'
import { useNow } from '../../ui/now.ts'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { accountTag, roleName, type Colleague } from './model.ts'

const StoresCell = ({ row }: { row: Colleague }) => {
  const { stores } = useScope()
  if (!row.storeIds) return <span className="quiet">全部门店</span>
  const [first = ''] = row.storeIds
  const name = stores?.find((store) => store.id === first)?.name
  return (
    <span className="nowrap">
      <span className="quiet small">{first}</span> {name}
      {row.storeIds.length > 1 && <span className="quiet small"> 等 {row.storeIds.length} 家</span>}
    </span>
  )
}

const AccountState = ({ row }: { row: Colleague }) => {
  const { tone, word } = accountTag(row, useNow())
  return <StateTag tone={tone}>{word}</StateTag>
}

const LastSignIn = ({ at }: { at: string | null }) => {
  const now = useNow()
  return <span className="quiet small nowrap">{at ? when(at, now) : '30 天没登录'}</span>
}

/** The list's columns; the last sign-in gives way when the panel is open. */
export const staffColumns = (narrow: boolean): Column<Colleague>[] => [
  {
    key: 'name',
    title: '名字',
    bone: 'text',
    cell: (row) => (
      <span className="staff-name">
        <i aria-hidden="true">{row.name.slice(-2)}</i>
        <span className="two-lines">
          <b>{row.name}</b>
          <small>{row.account}</small>
        </span>
      </span>
    ),
  },
  {
    key: 'role',
    title: '角色',
    width: 90,
    bone: 'short',
    cell: (row) => <Label tone={row.role === 'hq' ? 'slate' : 'plain'}>{roleName(row.role)}</Label>,
  },
  { key: 'stores', title: '门店', bone: 'text', cell: (row) => <StoresCell row={row} /> },
  { key: 'state', title: '状态', width: 130, bone: 'short', cell: (row) => <AccountState row={row} /> },
  ...(narrow
    ? []
    : [
        {
          key: 'last',
          title: '上次登录',
          width: 130,
          bone: 'short' as const,
          cell: (row: Colleague) => <LastSignIn at={row.lastSignInAt} />,
        },
      ]),
]
