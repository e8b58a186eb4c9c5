import { useState, type ReactNode } from 'react'
import { couponNumber, expiryOf, type Promised, stubOf, termsOf } from '../models/coupons'
import { yuanShort } from '../models/money'
import type { Coupon } from '../models/wire'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'

interface TicketProps {
  /** What it promises; of one that somebody holds, until when. */
  coupon: Promised & Partial<Pick<Coupon, 'expiresAt'>>
  /** Cannot be used, here or any more. */
  off?: boolean
  /** What it does, or why it does not: `leaf` for what is good news, `amber` for what is in the way. */
  said?: { words: string; tone: 'leaf' | 'amber' }
  /** In place of the expiry. */
  when?: string | null
  children?: ReactNode
}

/** A coupon as a ticket: what it takes off on the stub, then its name, until when, and what is to be said. */
export function Ticket({ coupon, off = false, said, when = null, children }: TicketProps) {
  const stub = stubOf(coupon)
  const { expiresAt } = coupon
  const expiry = expiresAt === undefined ? { text: '', soon: false } : expiryOf({ expiresAt }, Date.now())
  return (
    <Box className={`ll-ticket ${off ? 'll-ticket-off' : ''}`}>
      <Box className="ll-ticket-stub">
        {stub.offFen === null ? (
          <Box className="ll-ticket-stub-words">{stub.words}</Box>
        ) : (
          <Box className="ll-ticket-sum">
            <Words className="ll-ticket-yuan">¥</Words>
            <Words>{yuanShort(stub.offFen).slice(1)}</Words>
          </Box>
        )}
        <Box className="ll-ticket-note">{stub.note}</Box>
      </Box>
      <Box className="ll-ticket-words">
        <Box className="ll-ticket-name">{coupon.label}</Box>
        <Box className={!off && when === null && expiry.soon ? 'll-ticket-soon' : 'll-ticket-when'}>
          {when ?? expiry.text}
        </Box>
        {said && <Box className={`ll-ticket-said ll-ticket-said-${said.tone}`}>{said.words}</Box>}
      </Box>
      {children}
    </Box>
  )
}

/** What a ticket says, for ears. */
export const ticketSpoken = (coupon: Coupon, words: string): string =>
  [coupon.label, expiryOf(coupon, Date.now()).text, words].filter(Boolean).join('，')

/** The terms under a ticket, told when asked for. */
export function TicketTerms({
  coupon,
  held = false,
  storeName,
}: {
  coupon: Promised & Pick<Coupon, 'id'>
  /** Somebody holds it: it has a number. */
  held?: boolean
  storeName: (id: string) => string
}) {
  const [open, setOpen] = useState(false)
  return (
    <Box className="ll-ticket-terms">
      <Press
        className="ll-ticket-more"
        label={`${coupon.label}，${open ? '收起' : '看'}使用说明`}
        onPress={() => setOpen(!open)}
      >
        <Words>使用说明</Words>
        <Icon name={open ? 'up' : 'down'} size={16} />
      </Press>
      {open && (
        <Box as="ul" className="ll-ticket-list">
          {termsOf(coupon, storeName).map((each) => (
            <Box as="li" key={each}>
              {each}
            </Box>
          ))}
          {held && <Box as="li">{`券号 ${couponNumber(coupon)}`}</Box>}
        </Box>
      )}
    </Box>
  )
}
