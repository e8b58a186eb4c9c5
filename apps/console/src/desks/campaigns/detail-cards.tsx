import { useQuery } from '@tanstack/react-query'

import { api, publicApi } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { FiguresList } from './figures-card.tsx'
import { type Campaign, type ShopCampaign, storesOf, verbWords } from './model.ts'
import { useFigures } from './page-data.ts'

/** What shoppers read, word for word: of a draft as it would be published, of the others as it is. */
const usePublished = (campaign: Campaign) => {
  const [storeId = ''] = storesOf(campaign)
  return useQuery({
    queryKey: ['campaigns', 'published', campaign.id, campaign.revision, campaign.state],
    queryFn: async (): Promise<ShopCampaign | undefined> => {
      const { name, items, startsAt, endsAt, perMember, payMinutes, armMinutes, tiers, firstOrder } = campaign
      const { funding, terms } = campaign
      if (campaign.state !== 'DRAFT')
        return publicApi('GET /v1/campaigns/:campaignId', {
          params: { campaignId: campaign.id },
          query: { storeId },
        })
      const head = { name, items, startsAt, endsAt, perMember, payMinutes, armMinutes, tiers, firstOrder }
      const trial = await api('POST /console/v1/campaign-trials', { body: { ...head, funding, terms } })
      return trial.shop[0]
    },
  })
}

export const RulesCard = ({ campaign }: { campaign: Campaign }) => {
  const published = usePublished(campaign)
  return (
    <Card title="顾客看到的规则" note={campaign.state === 'DRAFT' ? '排上以后这样公布' : '公布的原话'}>
      {published.isPending && <Bones lines={6} />}
      {published.isError && (
        <ErrorState title="规则没取回来" error={published.error} retry={() => void published.refetch()} />
      )}
      <dl className="campaign-rules">
        {published.data?.rules.map(({ title, words }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

export const EventsCard = ({ campaign }: { campaign: Campaign }) => {
  const now = useNow()
  const events = useQuery({
    queryKey: ['campaigns', 'events', campaign.id, campaign.revision, campaign.state, campaign.paused],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/events', { params: { campaignId: campaign.id } }),
  })
  return (
    <Card title="经过" note="最新的在前">
      {events.isPending && <Bones lines={4} />}
      {events.isError && (
        <ErrorState title="经过没取回来" error={events.error} retry={() => void events.refetch()} />
      )}
      <ol className="campaign-events">
        {events.data?.items.map((event, i) => (
          <li key={i}>
            <time>{when(event.at, now)}</time>
            <span>
              {verbWords(event.verb)} <span className="quiet">{whoWords(event.by)}</span>
              {event.words && <small>{event.words}</small>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

export const FiguresCard = ({ campaign }: { campaign: Campaign }) => {
  const figures = useFigures(campaign.id, false)
  return (
    <Card title="卖得怎样" extra={figures.data && <Freshness at={figures.data.asOf} staleSeconds={3600} />}>
      {figures.isPending && <Bones lines={6} />}
      {figures.isError && (
        <ErrorState title="数字没取回来" error={figures.error} retry={() => void figures.refetch()} />
      )}
      {figures.data && <FiguresList figures={figures.data} />}
    </Card>
  )
}
