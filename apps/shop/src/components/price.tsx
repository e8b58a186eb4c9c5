import { yuanParts, yuanSpoken, yuanText } from '../models/money'
import { Box, Words } from './elements'

interface PriceProps {
  fen: number
  size?: 's' | 'm' | 'l' | 'x'
  unit?: string
  /** Struck through: the lowest price of the seven days before this one, as the price history has it. */
  wasFen?: number | null
}

/** A price tag, spoken as one phrase: 「19 元 9 角，每板」. */
export function Price({ fen, size = 'm', unit, wasFen = null }: PriceProps) {
  const parts = yuanParts(fen)
  const label = [
    yuanSpoken(fen),
    unit && `每${unit}`,
    wasFen !== null && `前 7 天最低价 ${yuanSpoken(wasFen)}`,
  ]
  return (
    <Box className={`ll-price ll-price-${size}`} role="img" label={label.filter(Boolean).join('，')}>
      <Words className="ll-price-small">¥</Words>
      <Words className="ll-price-yuan">{parts.yuan}</Words>
      <Words className="ll-price-small">.{parts.fen}</Words>
      {unit && <Words className="ll-price-unit">/{unit}</Words>}
      {wasFen !== null && <Words className="ll-price-was">{yuanText(wasFen)}</Words>}
    </Box>
  )
}
