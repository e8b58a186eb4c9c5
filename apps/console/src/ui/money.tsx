import { fenParts, formatFen } from './fen.ts'

interface MoneyProps {
  fen: number
  /** `hero` is the one large figure of a screen; `row` is the emphasised amount of a list row. */
  size?: 'plain' | 'row' | 'total' | 'hero'
}

/** Integer fen as a price. Large sizes draw the currency sign and the fen smaller, and are read out as one amount. */
export const Money = ({ fen, size = 'plain' }: MoneyProps) => {
  if (size === 'plain') return <span className="nowrap">{formatFen(fen)}</span>
  const { sign, yuan, cents } = fenParts(fen)
  return (
    <span className={`money money-${size}`}>
      <span className="sr-only">{formatFen(fen)}</span>
      <span aria-hidden="true">
        {sign}
        <small>¥</small>
        {yuan}
        <small>.{cents}</small>
      </span>
    </span>
  )
}
