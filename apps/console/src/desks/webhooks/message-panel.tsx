import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { WorkPanel } from '../../ui/work.tsx'
import { answerWords, kindWords, stateWords, type Message } from './model.ts'

/** One message as it is sent, every try, and the button that sends it again. */
export const MessagePanel = ({ message, close }: { message: Message; close: () => void }) => {
  const may = useMay('partners.write')
  const now = useNow()
  const queries = useQueryClient()
  const params = { messageId: message.id }
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['webhook-messages', message.id, message.tries],
    queryFn: () => api('GET /console/v1/webhook-messages/:messageId', { params }),
  })
  const again = useMutation({
    mutationFn: () => api('POST /console/v1/webhook-messages/:messageId/replays', { params }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhook-messages'] }),
  })
  return (
    <WorkPanel
      title={`#${message.no} ${kindWords(message.kind)}`}
      note={stateWords[message.state].word}
      label="一条消息"
      close={close}
    >
      <div className="webhook-message">
        {may && (
          <p>
            <Button loading={again.isPending} onClick={() => again.mutate()}>
              再送一次
            </Button>
            <Refusal error={again.error} />
          </p>
        )}
        {message.state === 'DUE' && <p className="quiet small">下一次：{when(message.nextAt, now)}</p>}
        {isPending && <Bones lines={4} />}
        {isError && <ErrorState title="这条消息没取回来" error={error} retry={() => void refetch()} />}
        {data && (
          <>
            <h3>每一次</h3>
            <ol>
              {data.tries.map((each) => (
                <li key={each.at}>
                  {when(each.at, now)} {answerWords(each)} <span className="quiet">{each.ms} 毫秒</span>
                </li>
              ))}
            </ol>
            <h3>内容</h3>
            <pre>{JSON.stringify(data.body, null, 2)}</pre>
          </>
        )}
      </div>
    </WorkPanel>
  )
}
