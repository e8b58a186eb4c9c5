import { Button, Popconfirm } from 'antd'
import { Lock } from 'lucide-react'

import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { givenName, whoWords } from '../../ui/who.ts'
import { dayWords, isSignedOff, keepsOpen, type Day } from './model.ts'
import { useSignOff } from './page-data.ts'

/** 关账, or why not yet; nothing once it is done. */
export const SignOff = ({ day }: { day: Day }) => {
  const notice = useNotice()
  const { date } = dayWords(day.day)
  const signOff = useSignOff(() => notice.success(`${date} 的账关了`))
  if (isSignedOff(day)) return null
  const missing = keepsOpen(day)
  const net = formatFen(day.payments.theirsFen - day.refunds.theirsFen)
  return (
    <>
      <Refusal error={signOff.error} />
      <Popconfirm
        title={`关掉 ${date} 的账？`}
        description={`收款减退款 ${net}，${
          day.resolved > 0 ? `${day.resolved} 笔差异说明过` : '没有要说明的差异'
        }。以后再出差异，会自动重新打开。`}
        okText="关账"
        cancelText="再看看"
        placement="bottomRight"
        disabled={missing !== undefined}
        onConfirm={() => signOff.mutate(day)}
      >
        <Button
          type="primary"
          icon={<Lock size={15} />}
          disabled={missing !== undefined}
          loading={signOff.isPending}
        >
          {missing ? `关账（${missing}）` : '关账'}
        </Button>
      </Popconfirm>
    </>
  )
}

/** Who signed the day off, or that it is open again although somebody had. */
export const SignedOff = ({ day: { signedOff } }: { day: Day }) => {
  const now = useNow()
  if (!signedOff) return null
  const who = `${givenName(signedOff.byName)} ${when(signedOff.at, now)}`
  if (signedOff.reopenedAt === null)
    return (
      <p className="signed-off" role="status">
        <Lock size={14} aria-hidden="true" />
        <b>已关账</b>
        <span>{who} 关的。以后再出差异，会自动重新打开。</span>
      </p>
    )
  const by =
    signedOff.reopenedBy === 'system'
      ? '对账又出了差异'
      : `${whoWords(signedOff.reopenedBy ?? '')} 重开了差异`
  return (
    <p className="trouble" role="alert">
      <b>关过账，又打开了。</b>
      {who} 关的账；{when(signedOff.reopenedAt, now)} {by}。平完再关一次。
    </p>
  )
}
