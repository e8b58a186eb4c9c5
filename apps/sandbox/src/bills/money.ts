/** Money as bills write it: yuan with two decimals, fees with five. Whole numbers inside, text outside, no fractions between. */

/** What WeChat keeps of each payment, as bills show it: 0.60 %. */
export const FEE_RATE = '0.60%'
const FEE_MILLIFEN_PER_FEN = 6

/** The fee of an amount, in thousandths of a fen. */
export const feeOf = (fen: number): number => fen * FEE_MILLIFEN_PER_FEN

/** The fee as the account pays it: whole fen, half a fen away from zero. */
export const roundedFee = (milliFen: number): number =>
  Math.sign(milliFen) * Math.floor((Math.abs(milliFen) + 500) / 1000)

const decimal = (units: number, digits: number): string => {
  const text = String(Math.abs(units)).padStart(digits + 1, '0')
  return `${units < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Fen as `45.00`. */
export const yuan = (fen: number): string => decimal(fen, 2)

/** Thousandths of a fen as `0.27000`. */
export const feeText = (milliFen: number): string => decimal(milliFen, 5)
