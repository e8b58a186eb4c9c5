import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import { alarmWords } from './model.ts'

const shown = 5
/** Who was kept from a coupon and why head office should look; nothing while there is nothing to see. */
export const CouponAlarms = () => {
  const maySee = useMay('members.read')
  const now = useNow()
  const alarms = useQuery({
    queryKey: ['coupon-alarms'],
    queryFn: () => api('GET /console/v1/coupon-alarms'),
    enabled: maySee,
    refetchInterval: 60_000,
  })
  const items = alarms.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title="留心这些" note="都被挡下了，什么也没领到；同一个人反复出现再去问">
      <ul className="coupon-alarms">
        {items.slice(0, shown).map(({ kind, member, templateId, day, lastAt, ...alarm }) => (
          <li key={`${kind} ${member.id} ${templateId} ${day}`}>
            <b>{member.name || '没留名字'}</b>
            {member.phoneTail !== null && <span className="quiet">尾号 {member.phoneTail}</span>}
            <span>{alarmWords({ kind, member, templateId, day, lastAt, ...alarm })}</span>
            <small>{when(lastAt, now)}</small>
          </li>
        ))}
      </ul>
    </Card>
  )
}
