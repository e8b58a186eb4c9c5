import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Popconfirm, Switch } from 'antd'

import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { Refusal } from '../../ui/states.tsx'
import { features, type ConsoleStore, type Feature } from './model.ts'

/** The switches of one store. Off is confirmed, because shoppers notice at once. */
export const FeatureCard = ({ store, disabled }: { store: ConsoleStore; disabled: boolean }) => {
  const queries = useQueryClient()
  const flip = useMutation({
    mutationFn: ({ feature, on }: { feature: Feature; on: boolean }) =>
      api('PUT /console/v1/stores/:storeId/features/:feature', {
        params: { storeId: store.id, feature },
        body: { on },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stores'] }),
  })
  return (
    <Card title="线上功能" note="这家店单独开关，马上生效">
      <ul className="features">
        {features.map(({ key, name, meaning }) => {
          const on = store.features.includes(key)
          const busy = flip.isPending && flip.variables.feature === key
          return (
            <li key={key}>
              <div>
                <b>{name}</b>
                <small>{meaning}</small>
              </div>
              <Popconfirm
                title={`关掉「${name}」？`}
                description="正在下单的顾客马上看不到；已下的单照常。"
                okText="关掉"
                cancelText="不关"
                disabled={!on || disabled}
                onConfirm={() => flip.mutate({ feature: key, on: false })}
              >
                <Switch
                  checked={on}
                  loading={busy}
                  disabled={disabled}
                  aria-label={name}
                  onChange={(next) => next && flip.mutate({ feature: key, on: true })}
                />
              </Popconfirm>
            </li>
          )
        })}
      </ul>
      <Refusal error={flip.error} />
    </Card>
  )
}
