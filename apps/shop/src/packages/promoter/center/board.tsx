import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Picture, Words } from '../../../components/elements'
import { Price } from '../../../components/price'
import { Sheet } from '../../../components/sheet'
import { Gate, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { rateText, WITHDRAWAL_STATES } from '../../../models/promoter'
import type { Promoting } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { copyText } from '../../../services/device'
import { useLoad } from '../../../services/load'
import { say } from '../../../services/toast'
import { confirmTransfer } from '../../../services/wechat'
import { WithdrawSheet } from './withdraw-sheet'

type Me = NonNullable<Promoting['me']>

interface BoardProps {
  me: Me
  reload: () => Promise<void>
  onPoster: () => Promise<void>
}

/** What there is, what is on its way, and the ways to bring customers. */
export function Board({ me, reload, onPoster }: BoardProps) {
  const [sheet, setSheet] = useState<'code' | 'withdraw' | null>(null)
  const { sums } = me
  const parts: [name: string, fen: number][] = [
    ['待取货', sums.pendingFen],
    ['售后期内', sums.frozenFen],
    ['提现中', sums.withdrawingFen],
    ['已到账', sums.paidFen],
  ]
  return (
    <>
      <Panel
        title={me.levelName}
        note={me.active ? `佣金 ${rateText(me.rateBp)}` : '推广停用了，已有佣金照常提现'}
      >
        <Box className="ll-quiet">可提现</Box>
        <Price fen={sums.availableFen} size="x" />
        {sums.availableFen < 0 && (
          <Box className="promoter-refused">顾客退了已经提走的佣金，以后的佣金先补上这里</Box>
        )}
        <Box className="promoter-parts">
          {parts.map(([name, fen]) => (
            <Box key={name} className="promoter-part">
              <Words className="ll-quiet">{name}</Words>
              <Words className="promoter-fen">{yuanText(fen)}</Words>
            </Box>
          ))}
        </Box>
        {me.open ? (
          <Open open={me.open} reload={reload} />
        ) : (
          <Box className="promoter-deeds">
            <Button disabled={sums.availableFen <= 0} onPress={() => setSheet('withdraw')}>
              提现到微信
            </Button>
          </Box>
        )}
        <Box className="ll-quiet">{`绑定了 ${me.bound} 位顾客${me.invited > 0 ? `，邀请了 ${me.invited} 位推广员` : ''}`}</Box>
      </Panel>
      {me.active && (
        <Panel title="带顾客来" note="顾客付的钱不变">
          <Box className="promoter-deeds">
            <Button look="leaf" icon="camera" busyText="正在画" onPress={onPoster}>
              推广海报
            </Button>
            <Button look="line" icon="code" onPress={() => setSheet('code')}>
              我的推广码
            </Button>
          </Box>
          <Box className="ll-quiet">想推广哪样商品，打开它点「去推广」，上面写着您最多得多少</Box>
        </Panel>
      )}
      {sheet === 'code' && <CodeSheet me={me} onClose={() => setSheet(null)} />}
      {sheet === 'withdraw' && (
        <WithdrawSheet
          me={me}
          onClose={() => setSheet(null)}
          onDone={async () => {
            setSheet(null)
            await reload()
          }}
        />
      )}
    </>
  )
}

/** A withdrawal under way: confirmed on WeChat's page, or taken back. */
function Open({ open, reload }: { open: NonNullable<Me['open']>; reload: () => Promise<void> }) {
  const params = { withdrawalId: open.id }
  const confirm = async () => {
    try {
      const { confirm: asked } = await api('GET /v1/promoter/withdrawals/:withdrawalId', { params })
      if (asked && (await confirmTransfer(asked)) === 'failed') say('请在微信里打开小程序确认收款')
      await api('GET /v1/promoter/withdrawals/:withdrawalId', { params })
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await reload()
  }
  const cancel = async () => {
    try {
      await api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', { params })
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await reload()
  }
  return (
    <Box className="promoter-open">
      <Box className="ll-strong">{`提现 ${yuanText(open.amountFen)}：${WITHDRAWAL_STATES[open.state]}`}</Box>
      <Box className="ll-quiet">
        {open.taxFen > 0
          ? `代扣个税 ${yuanText(open.taxFen)}，到账 ${yuanText(open.netFen)}`
          : `到账 ${yuanText(open.netFen)}，24 小时内要在微信里确认`}
      </Box>
      <Box className="promoter-deeds">
        {open.state === 'WAIT_CONFIRM' ? (
          <Button busyText="正在打开微信" onPress={confirm}>
            去确认收款
          </Button>
        ) : (
          <Button busyText="正在看" onPress={reload}>
            看看到哪一步了
          </Button>
        )}
        {open.state !== 'CANCELLING' && (
          <Button look="line" busyText="正在取消" onPress={cancel}>
            取消提现
          </Button>
        )}
      </Box>
    </Box>
  )
}

function CodeSheet({ me, onClose }: { me: Me; onClose: () => void }) {
  const code = useLoad(`promoter.code.${me.key}`, () => api('GET /v1/promoter/code'))
  return (
    <Sheet title="我的推广码" onClose={onClose}>
      <Gate loaded={code} skeleton={<RowBones count={3} />} safe="码不会变">
        {({ picture }) => (
          <Box className="promoter-code">
            <Picture src={picture} alt="我的推广码" className="promoter-picture" eager />
            <Box>顾客扫这个码打开商城，登录后就算您带来的</Box>
            <Box className="ll-quiet">{`邀请别人做推广员，请他在申请时填邀请码 ${me.key}`}</Box>
            <Button look="line" size="full" onPress={() => copyText(me.key)}>
              复制邀请码
            </Button>
          </Box>
        )}
      </Gate>
    </Sheet>
  )
}
