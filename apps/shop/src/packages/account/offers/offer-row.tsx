import { Button } from '../../../components/button'
import { Ticket, TicketTerms } from '../../../components/coupon'
import { Box } from '../../../components/elements'
import { offerButton, offerNote } from '../../../models/offers'
import type { Offer } from '../../../models/wire'

interface OfferRowProps {
  offer: Offer
  storeName: (id: string) => string
  busyText: string
  onTake: () => Promise<unknown>
}

/** One coupon that may be had: what it is worth, for how long, and the button that fetches it. */
export function OfferRow({ offer, storeName, busyText, onTake }: OfferRowProps) {
  const { words, open } = offerButton(offer)
  return (
    <Box as="li" className="offers-ticket">
      <Ticket coupon={offer} off={!open && offer.state !== 'had'} when={offerNote(offer, Date.now())}>
        <Box className="offers-go">
          <Button
            size="small"
            look={open ? 'filled' : 'line'}
            disabled={!open}
            label={`${words}，${offer.label}`}
            busyText={busyText}
            onPress={onTake}
          >
            {words}
          </Button>
        </Box>
      </Ticket>
      <TicketTerms coupon={offer} storeName={storeName} />
    </Box>
  )
}
