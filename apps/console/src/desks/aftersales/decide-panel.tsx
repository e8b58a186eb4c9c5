import { Button } from 'antd'
import { useRef, useState } from 'react'

import { api } from '../../api.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { formatFen } from '../../ui/fen.ts'
import { Refusal } from '../../ui/states.tsx'
import { FaultChoice } from '../orders/benefits-back.tsx'
import { type Aftersale, approvalSteps, usualWords } from './model.ts'
import { useDeed, useGiveBack } from './page-data.ts'
import { Panel, Steps, Sums } from './panel-parts.tsx'
import { WordsField } from '../../ui/words-field.tsx'

const comesBack = ({ kind }: Aftersale): boolean => kind === 'return' || kind === 'exchange'
const agreeLabel = (asked: Aftersale): string =>
  comesBack(asked) ? '同意，请顾客带货来' : `同意，退 ${formatFen(asked.amountFen)}`

/** The answer to a request: money or a return code, or a no with words. Nothing happens before a button is pressed. */
export const DecidePanel = ({ asked }: { asked: Aftersale }) => {
  const [words, setWords] = useState('')
  const [ourFault, setOurFault] = useState(asked.ourFault)
  const back = useGiveBack(asked, ourFault)
  const agree = useRef<HTMLButtonElement>(null)
  const params = { aftersaleId: asked.id }
  const said = words.trim()
  const approve = useDeed(
    () =>
      api('POST /console/v1/aftersales/:aftersaleId/approval', {
        params,
        body: { ourFault, ...(said ? { words: said } : {}) },
      }),
    (now) => {
      if (asked.kind === 'exchange' && now.kind === 'return') return '没货可换，改成退货退款了，顾客已经看到'
      return now.state === 'WAIT_RETURN' ? '同意了，顾客已经看到退货码' : '同意了，钱正在按原路退回'
    },
  )
  const reject = useDeed(
    () => api('POST /console/v1/aftersales/:aftersaleId/rejection', { params, body: { words: said } }),
    () => '没有同意，顾客会看到你写的话',
  )
  useKeys([
    { keys: 'a', label: '移到「同意」（不会直接退）', run: () => agree.current?.focus() },
    { keys: 'w', label: '写给顾客的话', run: () => document.getElementById('after-words')?.focus() },
  ])
  return (
    <Panel title="怎么答复" note="还没答复">
      <Sums asked={asked} back={back.data} />
      <Refusal error={back.error} />
      <div className="side-words">
        <FaultChoice value={ourFault} change={setOurFault} />
        <WordsField
          most={120}
          id="after-words"
          label="给顾客的话"
          usual={[
            ...(asked.kind === 'exchange' ? usualWords.exchange : usualWords.approve),
            ...usualWords.reject,
          ]}
          placeholder="同意可以不写；不同意一定要写明为什么"
          value={words}
          change={setWords}
        />
        <Steps title="同意以后" steps={approvalSteps(asked)} />
      </div>
      <footer className="after-buttons">
        <Refusal error={approve.error ?? reject.error} />
        <Button
          ref={agree}
          type="primary"
          size="large"
          block
          loading={approve.isPending}
          disabled={reject.isPending}
          onClick={() => approve.mutate(undefined)}
        >
          {agreeLabel(asked)}
        </Button>
        <Button
          block
          danger
          loading={reject.isPending}
          disabled={!said || approve.isPending}
          onClick={() => reject.mutate(undefined)}
        >
          {said ? '不同意，把上面的话告诉顾客' : '不同意（先写为什么）'}
        </Button>
      </footer>
    </Panel>
  )
}

/** Head office decides an appeal; there is no third time. */
export const AppealPanel = ({ asked }: { asked: Aftersale }) => {
  const [words, setWords] = useState('')
  const [ourFault, setOurFault] = useState(asked.ourFault)
  const back = useGiveBack(asked, ourFault)
  const said = words.trim()
  const judge = useDeed(
    (grant: boolean) =>
      api('POST /console/v1/aftersales/:aftersaleId/appeal-judgement', {
        params: { aftersaleId: asked.id },
        body: { grant, words: said, ...(grant ? { ourFault } : {}) },
      }),
    (now) => (now.state === 'REJECTED' ? '维持了门店的决定' : '支持了顾客'),
  )
  const noReturn = !comesBack(asked) || asked.returnStoreId !== null
  const swaps = asked.kind === 'exchange'
  const outcome = swaps ? '给顾客换新的，没货就退钱' : `退 ${formatFen(asked.amountFen)}`
  return (
    <Panel title="申诉" note="总部只判一次">
      <Sums asked={asked} back={back.data} />
      <Refusal error={back.error} />
      <div className="side-words">
        <FaultChoice value={ourFault} change={setOurFault} />
        <WordsField
          most={120}
          id="appeal-words"
          label="给顾客的话"
          usual={['看过照片，照您说的退', '看过了，门店的决定没有错']}
          placeholder="两边都要写明理由"
          value={words}
          change={setWords}
        />
        <Steps
          title="支持顾客以后"
          steps={[
            noReturn
              ? swaps
                ? '换的货马上预占，顾客凭换货码来拿，货不用再还；没货就退钱'
                : `${formatFen(asked.amountFen)} 按原路退回，货不用再还`
              : '顾客收到退货码，7 天内带货到任意门店',
            '这件事不能再申诉',
          ]}
        />
      </div>
      <footer className="after-buttons">
        <Refusal error={judge.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!said}
          loading={judge.isPending}
          onClick={() => judge.mutate(true)}
        >
          {noReturn ? `支持顾客，${outcome}` : '支持顾客，请带货来'}
        </Button>
        <Button block disabled={!said || judge.isPending} onClick={() => judge.mutate(false)}>
          维持门店的决定
        </Button>
        {!said && <p className="quiet small">先写为什么。</p>}
      </footer>
    </Panel>
  )
}
