/** The number of a card however it was typed: spaces, dashes and small letters are forgiven. */
export const cardNoOf = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()

export const isCardNo = (no: string): boolean => /^[0-9A-Z]{4,24}$/.test(no)
