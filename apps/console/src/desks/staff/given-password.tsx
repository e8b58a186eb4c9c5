import { Button } from 'antd'
import { Copy, KeyRound } from 'lucide-react'

import { useNotice } from '../../ui/notice.ts'
import { businessDay } from '../../ui/time.ts'
import type { Given } from './model.ts'

/** A password that was just made. It is nowhere else: whoever closes this without passing it on makes another. */
export const GivenPassword = ({
  name,
  account,
  given,
  done,
}: {
  name: string
  account: string
  given: Given
  done: () => void
}) => {
  const notice = useNotice()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(given.password)
      notice.success('密码已复制，当面或打电话给他')
    } catch {
      notice.warn('浏览器不让复制，请照着念')
    }
  }
  return (
    <section className="given" aria-label="一次性密码">
      <p>
        <KeyRound size={16} aria-hidden="true" />
        <b>
          给{name}（{account}）的一次性密码
        </b>
      </p>
      <output>{given.password}</output>
      <p className="small">
        只在这里显示这一次，系统里也查不到。{businessDay(given.passwordTemporaryUntil)}{' '}
        之前登录一次，登录时要换成自己的。别用微信群发。
      </p>
      <div className="drawer-actions">
        <Button type="primary" icon={<Copy size={15} />} onClick={() => void copy()}>
          复制密码
        </Button>
        <Button onClick={done}>给他了</Button>
      </div>
    </section>
  )
}
