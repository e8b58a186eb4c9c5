import { Cell, Panel } from '../../../components/cells'
import { Switch } from '../../../components/switch'
import { CONSENT_WORDS } from '../../../models/messages'
import type { Consent } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { askToTell, useOffered } from '../../../services/subscribe'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'

type Topic = Consent['topic']

/** 想收哪些消息: off until somebody says so, and off again by the same press. What has to be told is told without being asked. */
export function Consents() {
  const owner = useCell(memberSession)?.who.id
  const consents = useLoad(owner ? `consents.${owner}` : null, () => api('GET /v1/message-consents'))
  const { data } = consents
  // Asked for here, so that the sheet can open in the tap that wants it.
  useOffered('coupon.expiring')
  if (!data) return null
  const choose = async (topic: Topic, agreed: boolean) => {
    const sheet = topic === 'marketing' && agreed ? askToTell('coupon.expiring') : null
    try {
      const said = await api('PUT /v1/message-consents/:topic', {
        params: { topic },
        body: { agreed, wording: CONSENT_WORDS.wording },
      })
      consents.put({ ...data, items: data.items.map((each) => (each.topic === topic ? said : each)) })
      say(agreed ? '开了，随时能关' : '关了，不再发')
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await sheet
  }
  const topics: readonly Topic[] = data.smsOffered ? ['marketing', 'sms'] : ['marketing']
  return (
    <Panel title="想收哪些消息">
      {topics.map((topic) => {
        const { title, note } = CONSENT_WORDS[topic]
        const on = data.items.some((each) => each.topic === topic && each.agreed)
        return (
          <Cell
            key={topic}
            title={title}
            note={note}
            value={
              <Switch on={on} label={`${title}，${note}`} onSwitch={(agreed) => void choose(topic, agreed)} />
            }
          />
        )
      })}
      <Cell
        title="订单和售后的通知"
        note="备好了、退款退回了、售后有答复：总会进「消息」；发不发到微信，每次由您点允许"
      />
    </Panel>
  )
}
