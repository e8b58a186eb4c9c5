import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Popconfirm, Switch } from 'antd'

import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { useStaff } from '../../session.ts'
import { Refusal } from '../../ui/states.tsx'
import { features, type ConsoleStore, type Feature } from './model.ts'

/** The switches of one store. Off is confirmed, because shoppers notice at once. */
export const FeatureCard = ({ store, disabled }: { store: ConsoleStore; disabled: boolean }) => {
  const queries = useQueryClient()
  const isHeadOffice = useStaff()?.role === 'hq'
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
        {features.map(({ key, name, meaning, headOffice }) => {
          const on = store.features.includes(key)
          const off = disabled || (headOffice === true && !isHeadOffice)
          const busy = flip.isPending && flip.variables.feature === key
          return (
            <li key={key}>
              <div>
                <b>{name}</b>
                <small>{meaning}</small>
              </div>
              <Popconfirm
                title={`关掉「${name}」？`}
                description={
                  headOffice
                    ? '新的收款马上按新的来；已付的不变。'
                    : '正在下单的顾客马上看不到；已下的单照常。'
                }
                okText="关掉"
                cancelText="不关"
                disabled={!on || off}
                onConfirm={() => flip.mutate({ feature: key, on: false })}
              >
                <Switch
                  checked={on}
                  loading={busy}
                  disabled={off}
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
