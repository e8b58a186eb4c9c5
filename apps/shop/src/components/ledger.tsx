import { Box, Press, Words } from './elements'
import { Icon } from './icon'

interface LedgerRowProps {
  title: string
  /** When, and what else is to be said of it. */
  note: string
  /** With its sign. */
  sum: string
  isGain: boolean
  /** Where it came from; what the link says to who cannot see it. */
  origin: { label: string; open: () => void } | null
}

/** One change of a balance: what it was, when, and how much. */
export function LedgerRow({ title, note, sum, isGain, origin }: LedgerRowProps) {
  const content = (
    <>
      <Box className="ll-ledger-words">
        <Box>{title}</Box>
        <Box className="ll-ledger-note">{note}</Box>
      </Box>
      <Words className={isGain ? 'll-ledger-sum ll-ledger-gain' : 'll-ledger-sum'}>{sum}</Words>
      {origin && <Icon name="right" size={16} className="ll-quiet" />}
    </>
  )
  return (
    <Box as="li" className="ll-ledger-row">
      {origin ? (
        <Press className="ll-ledger-move" role="link" label={origin.label} onPress={origin.open}>
          {content}
        </Press>
      ) : (
        <Box className="ll-ledger-move">{content}</Box>
      )}
    </Box>
  )
}
