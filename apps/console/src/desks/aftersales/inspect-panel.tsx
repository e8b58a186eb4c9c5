import { Button, Segmented } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { Refusal } from '../../ui/states.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { FaultChoice } from '../orders/benefits-back.tsx'
import { type Aftersale, usualWords } from './model.ts'
import { useDeed, useGiveBack } from './page-data.ts'
import { Panel, Steps, Sums } from './panel-parts.tsx'
import { WordsField } from '../../ui/words-field.tsx'

interface LineProps {
  line: Aftersale['lines'][number]
  perishable: boolean
  shelved: boolean
  change: (shelved: boolean) => void
}
const GoodsLine = ({ line, perishable, shelved, change }: LineProps) => (
  <li>
    <Thumb src={line.picture?.s} size={36} />
    <span>
      {line.name} × {line.quantity}
      {perishable && <small>生鲜易腐，只能报损</small>}
    </span>
    <Segmented
      size="small"
      value={shelved ? 'shelf' : 'waste'}
      disabled={perishable}
      options={[
        { value: 'shelf', label: '上架' },
        { value: 'waste', label: '报损' },
      ]}
      onChange={(to) => change(to === 'shelf')}
    />
  </li>
)

/** The goods are here: where each goes, and then the money; or back over the counter with a reason. */
export const InspectPanel = ({ asked }: { asked: Aftersale }) => {
  const [shelved, setShelved] = useState<readonly number[]>([])
  const [words, setWords] = useState('')
  const [ourFault, setOurFault] = useState(asked.ourFault)
  const back = useGiveBack(asked, ourFault)
  const said = words.trim()
  const inspect = useDeed(
    (accept: boolean) =>
      api('POST /console/v1/aftersales/:aftersaleId/inspection', {
        params: { aftersaleId: asked.id },
        body: {
          accept,
          ...(accept ? { toShelf: [...shelved], ourFault } : {}),
          ...(said ? { words: said } : {}),
        },
      }),
    (now) => {
      if (now.state === 'INSPECT_REJECTED') return '没收，货还给顾客'
      return now.state === 'WAIT_COLLECT'
        ? `验收通过，换的货在${now.holdStoreName ?? '店里'}，凭换货码交给顾客`
        : '验收通过，钱正在按原路退回'
    },
  )
  const change = (lineNo: number, to: boolean) =>
    setShelved((before) => (to ? [...before, lineNo] : before.filter((each) => each !== lineNo)))
  return (
    <Panel title="验收" note={`货在${asked.returnStoreName ?? '店里'}`}>
      <ul className="after-goods">
        {asked.lines.map((line) => (
          <GoodsLine
            key={line.lineNo}
            line={line}
            perishable={asked.goods.find(({ lineNo }) => lineNo === line.lineNo)?.perishable ?? true}
            shelved={shelved.includes(line.lineNo)}
            change={(to) => change(line.lineNo, to)}
          />
        ))}
      </ul>
      <Sums asked={asked} back={back.data} />
      <Refusal error={back.error} />
      <div className="side-words">
        <FaultChoice value={ourFault} change={setOurFault} />
        <WordsField
          most={120}
          id="inspect-words"
          label="给顾客的话"
          usual={usualWords.refuse}
          placeholder="收下可以不写；不收一定要写明为什么"
          value={words}
          change={setWords}
        />
        <Steps
          title="收下以后"
          steps={[
            asked.kind === 'exchange'
              ? '顾客看到换货码，店员在手机上「退换货」里输码，交给顾客'
              : `${formatFen(asked.amountFen)} 按原路退回`,
            `选「上架」的马上加回${asked.returnStoreName ?? '这家店'}的可售，记一笔退货入库`,
            '选「报损」的不进库存',
          ]}
        />
      </div>
      <footer className="after-buttons">
        <Refusal error={inspect.error} />
        <Button
          type="primary"
          size="large"
          block
          loading={inspect.isPending}
          onClick={() => inspect.mutate(true)}
        >
          {asked.kind === 'exchange' ? '收下，换新的' : `收下，退 ${formatFen(asked.amountFen)}`}
        </Button>
        <Button block danger disabled={!said || inspect.isPending} onClick={() => inspect.mutate(false)}>
          {said ? '不收，货还给顾客' : '不收（先写为什么）'}
        </Button>
      </footer>
    </Panel>
  )
}
