import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { code128Svg } from '../models/code128'
import { persimmonSvg, rungOf } from '../models/membership'
import { groupDigits, spokenDigits } from '../models/pickup-code'
import type { Trouble } from '../models/problem-words'
import { qrSvg } from '../models/qr'
import { svgImage } from '../models/svg'
import type { MemberCode, Standing } from '../models/wire'
import { api, troubleFrom } from '../services/api'
import { type Rotating, useRotating } from '../services/rotating'
import { setup } from '../services/setup'
import { useCell } from '../services/watch'
import { DeadCode } from './dead-code'
import { Box, Picture, Words } from './elements'
import { Icon } from './icon'
import { Bone } from './states'

/** Height of the bars by their width. */
const BARS = 0.26

interface MemberCardProps {
  standing: Standing | null
  /** For the counter: bars and QR as large as the phone is wide, and the digits to say. */
  large?: boolean
  /** Stands in the head, right. */
  action?: ReactNode
  /** Stands beside the small QR. */
  aside?: ReactNode
}

function useMemberCode(): { code: Rotating<MemberCode>; trouble: Trouble | null } {
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const ask = useCallback(() => api('GET /v1/me/card'), [])
  const code = useRotating(ask, {
    onFresh: () => setTrouble(null),
    onTrouble: (error) => setTrouble(troubleFrom(error)),
  })
  return { code, trouble }
}

/** 会员卡: bars and QR for the till. What it shows is dead half a minute later, so nothing of it is kept on the phone. */
export function MemberCard({ standing, large = false, action, aside }: MemberCardProps) {
  const { code, trouble } = useMemberCode()
  return (
    <Box as="section" label="会员卡" className={`mcard ${large ? 'mcard-large' : ''}`}>
      <Head standing={standing} action={action} />
      <Body code={code} trouble={trouble} large={large} aside={aside} />
    </Box>
  )
}

function Head({ standing, action }: Pick<MemberCardProps, 'standing' | 'action'>) {
  const chain = useCell(setup)?.chainName
  const tier = standing && rungOf(standing)
  const rank = standing ? standing.rungs.findIndex(({ code }) => code === standing.code) : 0
  return (
    <Box className="mcard-head">
      {standing && tier && (
        <Box className="mcard-fruit">
          <Picture src={svgImage(persimmonSvg(rank, standing.rungs.length))} alt="" eager />
        </Box>
      )}
      <Box className="mcard-title">
        <Box className="mcard-name">{tier ? `${tier.name}会员` : (chain ?? '会员卡')}</Box>
        <Box className="mcard-note">结账时给店员扫一扫</Box>
      </Box>
      {action}
    </Box>
  )
}

interface BodyProps {
  code: Rotating<MemberCode>
  trouble: Trouble | null
  large: boolean
  aside: ReactNode
}
function Body({ code: { held, ring, again }, trouble, large, aside }: BodyProps) {
  const digits = held?.code.digits
  const text = held?.code.qr
  const bars = useMemo(() => (digits ? svgImage(code128Svg(digits, BARS)) : ''), [digits])
  const qr = useMemo(() => (text ? svgImage(qrSvg(text)) : ''), [text])
  const dead = ring?.due === true && trouble !== null
  if (!held || !ring)
    return (
      <Box className="mcard-body">
        {trouble ? <DeadCode name="会员码" trouble={trouble} again={again} /> : <Waiting />}
        {aside}
      </Box>
    )
  const picture = (
    <Box className={`mcard-qr ${ring.due ? 'mcard-due' : ''}`}>
      <Picture src={qr} alt="会员二维码" eager />
    </Box>
  )
  return (
    <Box className="mcard-body">
      {dead ? (
        <DeadCode name="会员码" trouble={trouble} again={again} />
      ) : (
        <>
          <Box className={`mcard-bars ${ring.due ? 'mcard-due' : ''}`}>
            <Picture src={bars} alt={`会员条码 ${spokenDigits(held.code.digits)}`} eager />
          </Box>
          <Box className="mcard-line">
            <Words className="mcard-digits" hidden>
              {groupDigits(held.code.digits)}
            </Words>
            <Box className="mcard-ring">
              <Icon name="refresh" size={14} />
              <Words>{ring.due ? '正在换新' : `${ring.secondsLeft} 秒后换新`}</Words>
            </Box>
          </Box>
        </>
      )}
      {large ? (
        !dead && (
          <>
            {picture}
            <Spoken code={held.code} />
          </>
        )
      ) : (
        <Box className="mcard-foot">
          {!dead && picture}
          <Box className="mcard-aside">{aside}</Box>
        </Box>
      )}
    </Box>
  )
}

/** For a till that cannot scan: four digits that the shopper knows, six that change. */
function Spoken({ code: { code, phoneTail } }: { code: MemberCode }) {
  if (phoneTail === null) return <Box className="mcard-say">绑定手机号以后，报号也能认出您</Box>
  return (
    <Box className="mcard-say">
      <Box>扫不了，就报给店员</Box>
      <Box className="mcard-say-row">
        <Box label={`手机尾号 ${spokenDigits(phoneTail)}`}>
          <Words className="mcard-say-name">手机尾号</Words>
          <Words className="mcard-say-digits">{phoneTail}</Words>
        </Box>
        <Box label={`会员码 ${spokenDigits(code)}`}>
          <Words className="mcard-say-name">会员码</Words>
          <Words className="mcard-say-digits">{`${code.slice(0, 3)} ${code.slice(3)}`}</Words>
        </Box>
      </Box>
    </Box>
  )
}

const Waiting = () => (
  <Box role="status" label="正在取会员码">
    <Bone className="mcard-bars" />
    <Bone width="60%" height="16px" />
  </Box>
)
