import { useRef, useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, SumLine } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { Sheet } from '../../../components/sheet'
import { yuanText } from '../../../models/money'
import { createOrderKey, randomKey } from '../../../models/order-key'
import { fenOf } from '../../../models/promoter'
import type { Promoting } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { askToTell, useOffered } from '../../../services/subscribe'
import { say } from '../../../services/toast'
import { confirmTransfer } from '../../../services/wechat'

interface WithdrawSheetProps {
  me: NonNullable<Promoting['me']>
  onClose: () => void
  onDone: () => Promise<void>
}

/** How much, what arrives of it, who it is for; then WeChat asks for the confirmation. */
export function WithdrawSheet({ me, onClose, onDone }: WithdrawSheetProps) {
  const { availableFen } = me.sums
  const [typed, setTyped] = useState((availableFen / 100).toFixed(2))
  const [name, setName] = useState('')
  const [document, setDocument] = useState('')
  const keys = useRef(createOrderKey(() => randomKey(Date.now())))
  const amountFen = fenOf(typed)
  const isSum = amountFen !== null && amountFen > 0 && amountFen <= availableFen
  const quote = useLoad(isSum ? `promoter.quote.${amountFen}` : null, () =>
    api('POST /v1/promoter/withdrawal-quotes', { body: { amountFen: amountFen ?? 0 } }),
  )
  const needsIdentity = quote.data?.needsIdentity === true && me.identityTail === null
  const isIdentity = name.trim() !== '' && /^\d{17}[\dXx]$/.test(document)
  useOffered('withdrawal.paid')
  const withdraw = async () => {
    // WeChat's sheet opens in the tap; whatever is pressed there, the withdrawal goes on.
    const asked = askToTell('withdrawal.paid', 'withdrawal.failed')
    const shown = quote.data
    if (!shown || amountFen === null) return
    try {
      if (needsIdentity)
        await api('PUT /v1/promoter/identity', {
          body: { name: name.trim(), document: document.toUpperCase() },
        })
      const wish = { amountFen, expectNetFen: shown.netFen }
      const { confirm, withdrawal } = await api('POST /v1/promoter/withdrawals', {
        body: { ...wish, idempotencyKey: keys.current(wish) },
      })
      // One page of WeChat's over another: the second one would not open.
      await asked
      if (confirm && (await confirmTransfer(confirm)) === 'ok') say('已经确认，到账后微信会通知您')
      await api('GET /v1/promoter/withdrawals/:withdrawalId', { params: { withdrawalId: withdrawal.id } })
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await onDone()
  }
  return (
    <Sheet title="提现到微信" onClose={onClose}>
      <Labelled label="提现金额" fault={isSum ? null : `最多 ${yuanText(Math.max(0, availableFen))}`}>
        <Field label="提现金额" placeholder="提现金额，元" value={typed} maxLength={10} onValue={setTyped} />
      </Labelled>
      {quote.data && isSum && (
        <Box className="promoter-quote">
          {quote.data.taxFen > 0 && <SumLine name="代扣个人所得税" value={yuanText(quote.data.taxFen)} />}
          <SumLine name="到账" value={yuanText(quote.data.netFen)} strong />
        </Box>
      )}
      {quote.trouble && <Box className="promoter-refused">{quote.trouble.text}</Box>}
      {needsIdentity && (
        <>
          <Box className="ll-quiet">微信核对收款人和申报个税要用，加密保存，每次查看都有记录</Box>
          <Labelled label="真实姓名">
            <Field label="真实姓名" placeholder="真实姓名" value={name} maxLength={30} onValue={setName} />
          </Labelled>
          <Labelled label="身份证号">
            <Field
              label="身份证号"
              placeholder="身份证号"
              value={document}
              maxLength={18}
              onValue={setDocument}
            />
          </Labelled>
        </>
      )}
      <Button
        size="full"
        disabled={!isSum || !quote.data || (needsIdentity && !isIdentity)}
        busyText="正在提交"
        onPress={withdraw}
      >
        提现，去微信确认
      </Button>
    </Sheet>
  )
}
