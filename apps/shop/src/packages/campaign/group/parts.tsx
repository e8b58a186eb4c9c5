import type { ReactNode } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Picture, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Price } from '../../../components/price'
import {
  groupNote,
  groupTermsOf,
  groupTitle,
  missingOf,
  nextWords,
  rungsShown,
  seatsOf,
  type SeatShown,
} from '../../../models/groups'
import { yuanText } from '../../../models/money'
import { momentOf } from '../../../models/times'
import type { Group, GroupRow, ShopCampaign } from '../../../models/wire'
import { mediaUrl } from '../../../services/api'
import { openPage } from '../../../services/routes'

interface OfItem {
  campaign: ShopCampaign
  item: ShopCampaign['items'][number]
}

/** What is bought together, and what that saves. */
export function GoodsHead({ campaign, item }: OfItem) {
  const terms = groupTermsOf(campaign)
  return (
    <Box className="group-head">
      {item.picture && (
        <Box className="group-picture">
          <Picture src={mediaUrl(item.picture.m)} alt={item.name} eager />
        </Box>
      )}
      <Box className="group-words">
        <Box as="h2" className="group-name">
          {item.name}
        </Box>
        <Box className="group-tags">
          {terms && <Words className="group-tag group-tag-full">{`${terms.size} 人团`}</Words>}
          {item.aloneFen > item.priceFen && (
            <Words className="group-tag">{`比单买省 ${yuanText(item.aloneFen - item.priceFen)}`}</Words>
          )}
        </Box>
        <Price fen={item.priceFen} size="l" unit={item.unit} />
      </Box>
    </Box>
  )
}

/** The steps of a ladder: more people, and a lower price for all of them. Nothing where there is one price. */
export function Ladder({ campaign, item, group }: OfItem & { group: Group | null }) {
  const terms = groupTermsOf(campaign)
  const rungs = terms ? rungsShown(terms, item.priceFen, group) : []
  if (rungs.length === 0) return null
  return (
    <Panel title="人多更便宜" note="先付第一阶的价，差价退回">
      <Box as="ul">
        {rungs.map(({ size, priceFen, state }) => (
          <Box as="li" key={size} className={`group-rung group-rung-${state}`}>
            <Words>{`满 ${size} 人`}</Words>
            <Words className="group-rung-state">{state === 'reached' ? '到了' : ''}</Words>
            <Words className="group-rung-price">{`每份 ${yuanText(priceFen)}`}</Words>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}

const ROLE_WORDS: Record<SeatShown['role'], string> = {
  leader: '团长',
  in: '已付款',
  paying: '付款中',
  free: '',
}

/** Who sits in it. Names are masked, and nobody is drawn who did not order. */
export function Seats({ group, children }: { group: Group; children: ReactNode }) {
  const now = Date.parse(group.now)
  return (
    <Panel className="group-card">
      <Box as="h2" className="group-title">
        {groupTitle(group)}
      </Box>
      <Box className="group-note">{groupNote(group, now)}</Box>
      <Box as="ul" className="group-seats">
        {seatsOf(group).map(({ no, name, role }) => (
          <Box as="li" key={no} className={`group-seat group-seat-${role}`}>
            <Box className="group-face" hidden>
              {role === 'free' ? <Icon name="plus" size={22} /> : name.slice(0, 1)}
            </Box>
            {ROLE_WORDS[role] && <Words className="group-role">{ROLE_WORDS[role]}</Words>}
            <Words className="group-who">{name}</Words>
          </Box>
        ))}
      </Box>
      {children}
    </Panel>
  )
}

/** The three things that make a group. */
export function How({ campaign }: { campaign: ShopCampaign }) {
  const terms = groupTermsOf(campaign)
  if (!terms) return null
  const steps = [
    { title: '付款占座', note: `${campaign.payMinutes} 分钟没付，座位放开` },
    {
      title: `${terms.hours} 小时内凑够 ${terms.size} 人`,
      note: `每人限购 ${campaign.perMember} 件，一人一座`,
    },
    { title: '拼成后店里备货', note: '备好会告诉您，凭提货码到店取' },
  ]
  return (
    <Panel title="怎么算拼成">
      <Box as="ul">
        {steps.map(({ title, note }, i) => (
          <Box as="li" key={title} className="group-step">
            <Words className="group-step-disc" hidden>
              {i + 1}
            </Words>
            <Box>
              <Box className="group-step-title">{title}</Box>
              <Box className="group-quiet-left">{note}</Box>
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}

const Rule = ({ title, words }: { title: string; words: string }) => (
  <Box className="group-rule">
    <Words className="group-rule-title">{title}</Words>
    <Words className="group-rule-words">{words}</Words>
  </Box>
)

/** Everything that holds, as the server publishes it. */
export function Rules({ campaign, item }: OfItem) {
  return (
    <Panel title="完整规则" note={`${momentOf(campaign.startsAt, Date.parse(campaign.now))} 起执行`}>
      {campaign.rules.map(({ title, words }) => (
        <Rule key={title} title={title} words={words} />
      ))}
      <Rule title="库存" words={`本店共 ${item.quota} ${item.unit}，还剩 ${item.left} ${item.unit}`} />
    </Panel>
  )
}

/** Groups of neighbours that need people. */
export function Others({ groups, now }: { groups: readonly GroupRow[]; now: string }) {
  if (groups.length === 0) return null
  return (
    <Panel title="也可以加入邻居的团" note={`同店 ${groups.length} 个`}>
      {groups.map((group) => (
        <Box key={group.id} className="group-other">
          <Box className="group-other-words">
            <Box>{`${group.leader ?? ''} 的团`}</Box>
            <Box className="group-quiet-left">{`${momentOf(group.expiresAt, Date.parse(now))} 截止`}</Box>
          </Box>
          <Words className="group-missing">{nextWords(group) ?? `差 ${missingOf(group)} 人`}</Words>
          <Button look="soft" size="small" onPress={() => openPage('group', { id: group.id })}>
            去看看
          </Button>
        </Box>
      ))}
    </Panel>
  )
}
