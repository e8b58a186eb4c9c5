/** The check digit of EAN-13 for the first twelve digits. */
export const checkDigit = (twelve: string): number => {
  const sum = Array.from(twelve).reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

/** Thirteen digits with a right check digit. */
export const isEan13 = (text: string): boolean =>
  /^[0-9]{13}$/.test(text) && checkDigit(text.slice(0, 12)) === Number(text[12])
