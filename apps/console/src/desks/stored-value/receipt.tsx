import { Button } from 'antd'
import { Check, X } from 'lucide-react'

import { useNow } from '../../ui/now.ts'
import { formatFen } from '../../ui/fen.ts'
import { when } from '../../ui/time.ts'
import { tenderWords, type ToppedUp } from './model.ts'

interface ReceiptProps {
  done: ToppedUp
  tender: keyof typeof tenderWords
  close: () => void
}

/** 充值凭证: what was taken, what change to give, and the balance now. Stays until somebody has read it. */
export const TopUpReceipt = ({ done, tender, close }: ReceiptProps) => {
  const now = useNow()
  return (
    <aside className="side-panel card" aria-label="充值凭证">
      <header>
        <Check size={16} aria-hidden="true" />
        <h2>充好了</h2>
        <span className="quiet small">{when(done.at, now)}</span>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      <div className="side-words">
        <dl className="sums">
          <div>
            <dt>顾客</dt>
            <dd>
              {done.name} <small className="quiet">尾号 {done.phoneTail ?? '–'}</small>
            </dd>
          </div>
          <div>
            <dt>充值（{tenderWords[tender]}）</dt>
            <dd className="num strong">{formatFen(done.amountFen)}</dd>
          </div>
          {done.changeFen > 0 && (
            <div>
              <dt>找给顾客</dt>
              <dd className="num strong">{formatFen(done.changeFen)}</dd>
            </div>
          )}
          <div className="value-sum">
            <dt>余额</dt>
            <dd className="num strong">{formatFen(done.availableFen)}</dd>
          </div>
        </dl>
        <p className="quiet small">顾客手机上「我的」→「储值余额」马上看得到这一笔。</p>
      </div>
      <footer>
        <Button type="primary" size="large" block onClick={close}>
          下一位
        </Button>
      </footer>
    </aside>
  )
}
