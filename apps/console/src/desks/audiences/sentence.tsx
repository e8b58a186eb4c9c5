import {
  type AudienceRule,
  type Condition,
  FACTS,
  type Group,
  isChoice,
  isGroup,
  type Node,
} from '@linli/contract/audience-rules'
import { Dropdown, type MenuProps } from 'antd'
import { Ban, GripVertical, Lock, MoreHorizontal, Plus } from 'lucide-react'
import { Fragment } from 'react'

import { Label } from '../../ui/state-tag.tsx'
import {
  type Count,
  type Fact,
  factWords,
  movedRow,
  type Names,
  sentenceOf,
  USUAL,
  withNode,
  withPart,
  withRow,
} from './model.ts'
import { Pill } from './pill.tsx'

interface RuleProps {
  rule: AudienceRule
  change: (rule: AudienceRule) => void
  names: Names
  count: Count | undefined
  /** The figures are of this very rule. */
  fits: boolean
  frozen: boolean
}
const number = (value: number): string => value.toLocaleString('en-US')

/** One condition as a sentence with gaps. */
const Sentence = ({
  condition,
  change,
  names,
  frozen,
}: {
  condition: Condition
  change: (condition: Condition) => void
  names: Names
  frozen: boolean
}) => {
  const { hint } = factWords[condition.fact]
  const mayNarrow =
    !isChoice(condition) &&
    FACTS[condition.fact].takes.some((name) => name === 'storeIds') &&
    !condition.weekdays &&
    !condition.storeIds &&
    !condition.boughtBy
  return (
    <span className="sentence-part">
      {sentenceOf(condition, names).map((word, i) =>
        typeof word === 'string' ? (
          <span key={i}>{word}</span>
        ) : (
          <Pill
            key={i}
            part={word.part}
            word={word.word}
            soft={word.soft ?? false}
            condition={condition}
            change={change}
            frozen={frozen}
          />
        ),
      )}
      {mayNarrow && !frozen && (
        <span className="sentence-more">
          <Pill part="stores" word="" soft condition={condition} change={change} />
        </span>
      )}
      {hint && <small className="quiet">{hint}</small>}
    </span>
  )
}

const factItems = (pick: (fact: Fact) => void): NonNullable<MenuProps['items']> =>
  (Object.keys(factWords) as Fact[]).map((fact) => ({
    key: fact,
    label: factWords[fact].name,
    onClick: () => pick(fact),
  }))

const RowMenu = ({ items, label }: { items: NonNullable<MenuProps['items']>; label: string }) => (
  <Dropdown trigger={['click']} menu={{ items }}>
    <button type="button" className="bare row-menu" aria-label={label}>
      <MoreHorizontal size={16} />
    </button>
  </Dropdown>
)

const Figures = ({ at, count, fits }: { at: number; count: Count | undefined; fits: boolean }) => {
  const left = count?.rows[at]?.left
  const before = at === 0 ? count?.all : count?.rows[at - 1]?.left
  if (!fits || left === undefined || before === undefined) return <span className="row-figures quiet">…</span>
  return (
    <span className="row-figures">
      <b>{number(left)}</b>
      <span className="quiet">{before === left ? '0' : `−${number(before - left)}`}</span>
    </span>
  )
}

const GroupRow = ({
  group,
  path,
  alone,
  left,
  ...rule
}: RuleProps & {
  group: Group
  path: string
  alone: readonly number[] | null | undefined
  left: number | undefined
}) => {
  const put = (node: Node | undefined, at = path) => rule.change(withNode(rule.rule, at, node))
  const aloneWords = (i: number): string => {
    const figure = alone?.[i]
    if (!rule.fits || figure === undefined) return ''
    const both =
      alone?.length === 2 && i === 1 && left !== undefined
        ? `，${number((alone[0] ?? 0) + figure - left)} 人两条都满足`
        : ''
    return `单看 ${number(figure)} 人${both}`
  }
  return (
    <div className="group">
      <span className="sentence">
        {group.not ? '排除满足' : '而且满足'}
        <button
          type="button"
          className="pill pill-soft"
          disabled={rule.frozen}
          onClick={() => put({ ...group, how: group.how === 'any' ? 'all' : 'any' })}
        >
          {group.how === 'any' ? '任意一条' : '每一条'}
        </button>
      </span>
      {group.parts.map((part, i) => (
        <div className="group-part" key={i}>
          {isGroup(part) ? (
            <GroupRow {...rule} group={part} path={`${path}.${i}`} alone={null} left={undefined} />
          ) : (
            <>
              <span className="sentence">
                {part.not && <span className="row-not">不是</span>}
                <Sentence
                  condition={part}
                  change={(node) => put(node, `${path}.${i}`)}
                  names={rule.names}
                  frozen={rule.frozen}
                />
              </span>
              <span className="quiet small nowrap">{aloneWords(i)}</span>
            </>
          )}
          {!rule.frozen && (
            <RowMenu
              label={`第 ${i + 1} 条的更多`}
              items={[
                {
                  key: 'not',
                  label: part.not ? '不再取反' : '取反',
                  onClick: () => put({ ...part, not: !part.not }, `${path}.${i}`),
                },
                { key: 'gone', label: '删掉', danger: true, onClick: () => put(undefined, `${path}.${i}`) },
              ]}
            />
          )}
        </div>
      ))}
      {!rule.frozen && group.parts.length < 8 && (
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'fact-menu',
            items: factItems((fact) => put(withPart(group, factWords[fact].fresh))),
          }}
        >
          <button type="button" className="bare row-add">
            <Plus size={14} aria-hidden="true" /> 再加一条{group.how === 'any' ? '「或者」' : '「而且」'}
          </button>
        </Dropdown>
      )}
    </div>
  )
}

/** The rule row by row, each with how many are left and how many it took away. The last row cannot be changed. */
export const Sentences = (props: RuleProps) => {
  const { rule, change, names, count, fits, frozen } = props
  const last = count?.rows.at(-1)?.left ?? count?.all
  const put = (at: number, node: Node | undefined) => change(withNode(rule, String(at), node))
  const menuOf = (row: Node, at: number): NonNullable<MenuProps['items']> => [
    {
      key: 'not',
      label: row.not ? '不再排除' : '改成排除',
      onClick: () => put(at, { ...row, not: !row.not }),
    },
    ...(isGroup(row)
      ? []
      : [
          {
            key: 'any',
            label: '改成「任意一条」',
            onClick: () => put(at, { how: 'any' as const, parts: [row] }),
          },
        ]),
    { key: 'up', label: '上移', disabled: at === 0, onClick: () => change(movedRow(rule, at, -1)) },
    {
      key: 'down',
      label: '下移',
      disabled: at === rule.rows.length - 1,
      onClick: () => change(movedRow(rule, at, 1)),
    },
    { key: 'gone', label: '删掉', danger: true, onClick: () => put(at, undefined) },
  ]
  return (
    <>
      <ol className="rows">
        {rule.rows.map((row: Node, at) => (
          <li key={at} className={isGroup(row) ? 'row row-group' : 'row'}>
            {row.not ? (
              <Ban size={15} className="row-ban" aria-label="排除" />
            ) : (
              <GripVertical size={15} className="row-grip" aria-hidden="true" />
            )}
            {isGroup(row) ? (
              <GroupRow
                {...props}
                group={row}
                path={String(at)}
                alone={count?.rows[at]?.alone}
                left={count?.rows[at]?.left}
              />
            ) : (
              <span className="sentence">
                {(row.not || at > 0) && <span>{row.not ? '排除' : '而且'}</span>}
                <Sentence condition={row} change={(node) => put(at, node)} names={names} frozen={frozen} />
              </span>
            )}
            <Figures at={at} count={count} fits={fits} />
            {frozen ? <i /> : <RowMenu label={`第 ${at + 1} 行的更多`} items={menuOf(row, at)} />}
          </li>
        ))}
        <li className="row">
          <Lock size={15} className="row-grip" aria-hidden="true" />
          <span className="sentence">
            排除关了营销的会员 <Label>法定，不能删</Label>
          </span>
          <span className="row-figures">
            {fits && count && last !== undefined ? (
              <>
                <b>{number(count.members)}</b>
                <span className="quiet">
                  {last === count.members ? '0' : `−${number(last - count.members)}`}
                </span>
              </>
            ) : (
              '…'
            )}
          </span>
          <i />
        </li>
      </ol>
      {!frozen && (
        <div className="rows-foot">
          <Dropdown
            trigger={['click']}
            menu={{
              className: 'fact-menu',
              items: factItems((fact) => change(withRow(rule, factWords[fact].fresh))),
            }}
          >
            <button type="button" className="bare row-add">
              <Plus size={15} aria-hidden="true" /> 加条件
            </button>
          </Dropdown>
          <span className="quiet">常用：</span>
          {USUAL.map((fact) => (
            <Fragment key={fact}>
              <button
                type="button"
                className="usual"
                onClick={() => change(withRow(rule, factWords[fact].fresh))}
              >
                {factWords[fact].name}
              </button>
            </Fragment>
          ))}
        </div>
      )}
    </>
  )
}

const Branch = ({ node, names }: { node: Node; names: Names }) =>
  isGroup(node) ? (
    <li>
      <b className="tree-how">
        {node.not ? '不是：' : ''}
        {node.how === 'any' ? '任意一条' : '每一条'}
      </b>
      <ul className="tree">
        {node.parts.map((part, i) => (
          <Branch key={i} node={part} names={names} />
        ))}
      </ul>
    </li>
  ) : (
    <li>
      {node.not && <b className="tree-how">不是 </b>}
      {sentenceOf(node, names)
        .map((word) => (typeof word === 'string' ? word : ` ${word.word} `))
        .join('')}
    </li>
  )
/** The same rule as a tree, for reading. */
export const Tree = ({ rule, names }: { rule: AudienceRule; names: Names }) => (
  <ul className="tree tree-root">
    <li>
      <b className="tree-how">每一条</b>
      <ul className="tree">
        {rule.rows.map((row: Node, i) => (
          <Branch key={i} node={row} names={names} />
        ))}
        <li>
          没有关掉营销 <Label>法定，不能删</Label>
        </li>
      </ul>
    </li>
  </ul>
)
