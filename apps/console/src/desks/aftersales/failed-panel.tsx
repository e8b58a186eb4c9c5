import { Button } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { Refusal } from '../../ui/states.tsx'
import { type Aftersale, troubleWords } from './model.ts'
import { useDeed } from './page-data.ts'
import { Panel, Sums } from './panel-parts.tsx'
import { WordsField } from '../../ui/words-field.tsx'

const Settle = ({ asked }: { asked: Aftersale }) => {
  const [words, setWords] = useState('')
  const settle = useDeed(
    () =>
      api('POST /console/v1/aftersales/:aftersaleId/settlement', {
        params: { aftersaleId: asked.id },
        body: { words: words.trim() },
      }),
    () => '记下了，这件售后结束',
  )
  return (
    <>
      <WordsField
        most={120}
        id="settle-words"
        label="线下怎么退的"
        usual={['柜台退现金，顾客签收', '店长微信转账，截图留存']}
        placeholder="多少钱、怎么给的、谁经手"
        value={words}
        change={setWords}
      />
      <Refusal error={settle.error} />
      <Button
        className="after-settle"
        disabled={!words.trim()}
        loading={settle.isPending}
        onClick={() => settle.mutate(undefined)}
      >
        已经线下退给顾客
      </Button>
    </>
  )
}

/** A refund that did not arrive: why, who looks after it, and the two ways on. */
export const FailedPanel = ({ asked }: { asked: Aftersale }) => {
  const params = { aftersaleId: asked.id }
  const own = useDeed(
    () => api('POST /console/v1/aftersales/:aftersaleId/ownership', { params }),
    () => '这一笔归你跟',
  )
  const resend = useDeed(
    () => api('POST /console/v1/aftersales/:aftersaleId/resending', { params }),
    () => '换了新单号，重新退',
  )
  const may = (deed: Aftersale['deeds'][number]) => asked.deeds.includes(deed)
  return (
    <Panel title="退款没成" note={asked.ownerName ? `${asked.ownerName} 在跟` : '还没人跟'}>
      <Sums asked={asked} />
      <div className="side-words">
        <p className="after-trouble" role="status">
          {troubleWords(asked.trouble)}
          <small className="quiet">{asked.trouble}</small>
        </p>
        {may('own') && (
          <Button loading={own.isPending} onClick={() => own.mutate(undefined)}>
            {asked.ownerName ? '换我来跟' : '我来跟'}
          </Button>
        )}
        <Refusal error={own.error} />
        {may('settle') && <Settle asked={asked} />}
      </div>
      {may('resend') && (
        <footer>
          <Refusal error={resend.error} />
          <Button
            type="primary"
            size="large"
            block
            loading={resend.isPending}
            onClick={() => resend.mutate(undefined)}
          >
            重新退 {formatFen(asked.amountFen)}
          </Button>
        </footer>
      )}
    </Panel>
  )
}
