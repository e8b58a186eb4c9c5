import { Fragment, type ReactNode } from 'react'
import bags from '../assets/bags.webp'
import basket from '../assets/basket.webp'
import box from '../assets/box.webp'
import compass from '../assets/compass.webp'
import heart from '../assets/heart.webp'
import list from '../assets/list.webp'
import magnifier from '../assets/magnifier.webp'
import moon from '../assets/moon.webp'
import pin from '../assets/pin.webp'
import plug from '../assets/plug.webp'
import { clockOf } from '../models/times'
import { keptText, type Trouble } from '../models/problem-words'
import type { Loaded } from '../services/load'
import { ensureMember } from '../services/sign-in'
import { Button } from './button'
import { Box, Picture, Press, Words } from './elements'
import { Icon } from './icon'

export const DRAWINGS = { bags, basket, box, compass, heart, list, magnifier, moon, pin, plug } as const
export type DrawingName = keyof typeof DRAWINGS

interface NoticeProps {
  /** `offline` is an icon: a picture that was never loaded cannot be now. */
  drawing: DrawingName | 'offline'
  title: string
  note?: string
  children?: ReactNode
}

/** A calm card that says what is, and what to do next: empty, failed, closed. */
export function Notice({ drawing, title, note, children }: NoticeProps) {
  return (
    <Box className="ll-notice">
      <Box className="ll-notice-head">
        <Box className="ll-notice-drawing">
          {drawing === 'offline' ? (
            <Icon name="wifi" size={40} />
          ) : (
            <Picture src={DRAWINGS[drawing]} alt="" eager />
          )}
        </Box>
        <Box className="ll-notice-words">
          <Box as="h2" className="ll-notice-title">
            {title}
          </Box>
          {note && (
            <Box as="p" className="ll-notice-note">
              {note}
            </Box>
          )}
        </Box>
      </Box>
      {children && <Box className="ll-notice-actions">{children}</Box>}
    </Box>
  )
}

const TROUBLE_DRAWINGS = {
  refused: 'magnifier',
  signed_out: 'basket',
  broken: 'plug',
  unreached: 'offline',
  offline: 'offline',
} as const

/** The drawing for what went wrong. */
export const troubleDrawing = (trouble: Trouble) => TROUBLE_DRAWINGS[trouble.kind]

interface GateProps<T> {
  loaded: Loaded<T>
  /** The real layout in grey; shown after 200 ms only. */
  skeleton: ReactNode
  /** What was not lost, told first when something fails: 「购物车里的东西都在」. */
  safe: string
  children: (data: T) => ReactNode
}

/** Waiting, failed, offline or full: every screen passes through here. */
export function Gate<T>({ loaded, skeleton, safe, children }: GateProps<T>) {
  const { data, trouble, keptAt, reload } = loaded
  if (data === null && trouble === null)
    return (
      <Box className="ll-late" role="status" label="正在加载">
        {skeleton}
      </Box>
    )
  if (data === null && trouble !== null)
    return (
      <Notice drawing={troubleDrawing(trouble)} title={trouble.text} note={safe}>
        {trouble.kind === 'signed_out' ? (
          <Button size="full" busyText="正在登录" onPress={async () => (await ensureMember()) && reload()}>
            登录
          </Button>
        ) : (
          <Button icon="refresh" size="full" busyText="正在重试" onPress={reload}>
            再试一次
          </Button>
        )}
        {trouble.reference && (
          <Box as="p" className="ll-notice-reference">
            报修时念这个号：{trouble.reference}
          </Box>
        )}
      </Notice>
    )
  return (
    <Fragment>
      {trouble && (
        <Box className="ll-offline" role="status">
          <Icon name="wifi" size={18} />
          <Words className="ll-offline-words">
            {keptAt === null ? trouble.text : keptText(trouble, clockOf(keptAt))}
          </Words>
          <Press className="ll-offline-retry" onPress={() => void reload()}>
            重连
          </Press>
        </Box>
      )}
      {data !== null && children(data)}
    </Fragment>
  )
}

/** Grey blocks where words and pictures will be. */
export function Bone({
  className = '',
  width,
  height,
}: {
  className?: string
  width?: string
  height?: string
}) {
  const style = { ...(width && { width }), ...(height && { height }) }
  return <Box className={`ll-bone ${className}`} style={style} hidden />
}

/** The skeleton of a list of rows with a picture. */
export function RowBones({ count = 5 }: { count?: number }) {
  return (
    <Box className="ll-bone-card">
      {Array.from({ length: count }, (_, i) => (
        <Box key={i} className="ll-bone-row">
          <Bone className="ll-bone-picture" />
          <Box className="ll-bone-words">
            <Bone width="62%" height="16px" />
            <Bone width="40%" height="12px" />
            <Bone width="28%" height="16px" />
          </Box>
        </Box>
      ))}
    </Box>
  )
}
