import { useEffect, useMemo, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Area, Box, Picture, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Sheet } from '../../../components/sheet'
import { Gate, RowBones } from '../../../components/states'
import { Steps } from '../../../components/steps'
import {
  aftersaleHeadline,
  aftersaleMoments,
  aftersaleSteps,
  deedWord,
  KINDS,
  REASONS,
  spacedCode,
  sumWords,
} from '../../../models/aftersale-words'
import { pointsMoved } from '../../../models/benefit-words'
import { yuanText } from '../../../models/money'
import { qrSvg } from '../../../models/qr'
import { svgImage } from '../../../models/svg'
import type { Aftersale } from '../../../models/wire'
import { api, codeOf, mediaUrl, troubleFrom } from '../../../services/api'
import { copyText } from '../../../services/device'
import { type Loaded, useLoad } from '../../../services/load'
import { openPage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import './index.scss'

const LOOK_AGAIN_MS = 4000

/** 售后详情: where it is, what happens next and by when. */
export default function AftersalePage() {
  const aftersaleId = useParam('id') ?? ''
  const asked = useLoad(`aftersale.${aftersaleId}`, () =>
    api('GET /v1/aftersales/:aftersaleId', { params: { aftersaleId } }),
  )
  const { data, reload } = asked
  // Money is on its way: the page says so when it has arrived.
  const moving = data?.state === 'REFUNDING'
  useEffect(() => {
    if (!moving) return undefined
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [moving, reload])
  const bar =
    data && (data.mayCancel || data.mayAppeal || data.mayTakeMoney) ? (
      <Bar data={data} asked={asked} />
    ) : undefined
  return (
    <Screen title="售后详情" className="after-detail" bar={bar}>
      {data ? <Head data={data} /> : <NavBar title="售后详情" />}
      <Gate loaded={asked} skeleton={<RowBones count={4} />} safe="申请存在店里的系统，不会丢">
        {(shown) => (
          <Box className="after-detail-body">
            {shown.returnCode !== null && (
              <CodeCard code={shown.returnCode} collects={shown.state === 'WAIT_COLLECT'} />
            )}
            <Steps steps={aftersaleSteps(shown)} />
            {shown.words !== null && (
              <Panel title="门店说">
                <Box className="after-said">{shown.words}</Box>
              </Panel>
            )}
            <Lines data={shown} />
            <Asked data={shown} />
            <Past data={shown} />
          </Box>
        )}
      </Gate>
    </Screen>
  )
}

function Head({ data }: { data: Aftersale }) {
  const words = aftersaleHeadline(data, Date.now())
  return (
    <Box className={`after-head after-head-${words.tone}`}>
      <NavBar tone={words.tone === 'go' ? 'light' : 'clear'} />
      <Box className="after-head-words">
        <Box as="h1" className="after-title">
          {words.title}
        </Box>
        <Box as="p">{words.note}</Box>
      </Box>
    </Box>
  )
}

/** Ten digits to read out at the counter, and the same as a picture to scan. */
function CodeCard({ code, collects }: { code: string; collects: boolean }) {
  const qr = useMemo(() => svgImage(qrSvg(code)), [code])
  const name = collects ? '换货码' : '退货码'
  return (
    <Panel>
      <Box className="after-code">
        <Words className="ll-quiet">{`${name}，${collects ? '拿货' : '带货'}时给店员看`}</Words>
        <Box className="after-qr">
          <Picture src={qr} alt={`${name}的二维码`} />
        </Box>
        <Words className="after-digits">{spacedCode(code)}</Words>
        <Press className="after-copy" onPress={() => copyText(code)}>
          复制
        </Press>
      </Box>
    </Panel>
  )
}

function Lines({ data }: { data: Aftersale }) {
  return (
    <Panel title={`${deedWord(data.kind)} ${data.pieces} 件`} note={KINDS[data.kind]}>
      {data.lines.map((line) => (
        <Box key={line.lineNo} className="after-line">
          <Box className="after-line-picture">
            {line.picture ? (
              <Picture src={mediaUrl(line.picture.s)} alt="" />
            ) : (
              <Words>{line.name.slice(0, 1)}</Words>
            )}
          </Box>
          <Box className="after-line-words">
            <Box>{line.name}</Box>
            <Box className="ll-quiet after-small">
              ×{line.quantity} {line.unit}
            </Box>
          </Box>
          {data.kind !== 'exchange' && <Words>{yuanText(line.amountFen)}</Words>}
        </Box>
      ))}
      {data.kind === 'exchange' ? (
        <Box className="after-next">换成同样的，不补差价</Box>
      ) : (
        <Box className="after-total">
          <SumLine strong name={sumWords(data)} value={<Price fen={data.amountFen} />} />
          {pointsMoved(data).map(({ name, value }) => (
            <SumLine key={name} name={name} value={value} />
          ))}
        </Box>
      )}
    </Panel>
  )
}

function Asked({ data }: { data: Aftersale }) {
  return (
    <Panel title="您的申请" note={REASONS[data.reason]}>
      {data.note !== '' && <Box className="after-said">{data.note}</Box>}
      {data.photos.length > 0 && (
        <Box className="after-shots">
          {data.photos.map((photo, i) => (
            <Box key={photo.id} className="after-shot">
              <Picture src={mediaUrl(photo.url)} alt={`第 ${i + 1} 张照片`} />
            </Box>
          ))}
        </Box>
      )}
      <Press className="after-order" role="link" onPress={() => openPage('order', { id: data.orderId })}>
        <Words className="ll-quiet">订单号</Words>
        <Words className="after-order-no">{data.orderNo.replace(/^(\d{8})(\d{4})/, '$1 $2 ')}</Words>
        <Icon name="right" size={18} className="ll-quiet" />
      </Press>
    </Panel>
  )
}

function Past({ data }: { data: Aftersale }) {
  return (
    <Panel title="经过">
      <Box as="ul" className="after-past">
        {aftersaleMoments(data, Date.now()).map((moment, i) => (
          <Box as="li" key={i} className="after-moment">
            <Box className={i === 0 ? 'll-strong' : ''}>{moment.title}</Box>
            <Box className="ll-quiet after-small">{moment.at}</Box>
            {moment.words !== null && <Box className="after-moment-words">{moment.words}</Box>}
          </Box>
        ))}
      </Box>
    </Panel>
  )
}

function Bar({ data, asked }: { data: Aftersale; asked: Loaded<Aftersale> }) {
  const [appealing, setAppealing] = useState(false)
  const params = { aftersaleId: data.id }
  const settle = async (doing: Promise<Aftersale>, said: string) => {
    try {
      asked.put(await doing)
      say(said)
    } catch (error) {
      say(troubleFrom(error).text)
      if (codeOf(error) !== null) await asked.reload()
    }
  }
  return (
    <>
      {data.mayCancel && (
        <Button
          look="line"
          size="full"
          busyText="正在撤销"
          onPress={() =>
            settle(api('POST /v1/aftersales/:aftersaleId/cancellation', { params }), '申请撤销了，订单照旧')
          }
        >
          撤销申请
        </Button>
      )}
      {data.mayTakeMoney && (
        <Button
          look="line"
          size="full"
          busyText="正在改"
          onPress={() =>
            settle(
              api('POST /v1/aftersales/:aftersaleId/refund-instead', { params }),
              `不换了，${yuanText(data.amountFen)} 退给您`,
            )
          }
        >
          {`不换了，退 ${yuanText(data.amountFen)}`}
        </Button>
      )}
      {data.mayAppeal && (
        <Button size="full" onPress={() => setAppealing(true)}>
          向总部申诉
        </Button>
      )}
      {appealing && (
        <AppealSheet
          onClose={() => setAppealing(false)}
          onSend={async (note) => {
            await settle(
              api('POST /v1/aftersales/:aftersaleId/appeal', { params, body: { note } }),
              '申诉交给总部了',
            )
            setAppealing(false)
          }}
        />
      )}
    </>
  )
}

function AppealSheet({ onClose, onSend }: { onClose: () => void; onSend: (note: string) => Promise<void> }) {
  const [note, setNote] = useState('')
  return (
    <Sheet title="向总部申诉" onClose={onClose}>
      <Box as="p" className="ll-quiet">
        只能申诉一次，总部会看两边说的和照片
      </Box>
      <Box className="after-appeal">
        <Area
          label="为什么不服"
          placeholder="说说哪里不对，比如：第二张照片左下角有裂口"
          value={note}
          maxLength={200}
          onValue={setNote}
        />
      </Box>
      <Button
        size="full"
        disabled={note.trim() === ''}
        busyText="正在提交"
        onPress={() => onSend(note.trim())}
      >
        提交申诉
      </Button>
    </Sheet>
  )
}
